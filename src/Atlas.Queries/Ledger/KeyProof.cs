using System.Text.Json;
using Atlas.Domain.Json;
using Atlas.Domain.Playbooks;
using Atlas.Learning.Journal;
using Atlas.Learning.Playbooks;
using Atlas.Storage.Connection;
using Npgsql;

namespace Atlas.Queries.Ledger;

/// <summary>Compares the stored state of a key, and its row in the registry, with the state computed from its journal.</summary>
internal static class KeyProof
{
    /// <summary>Returns the differences, as sentences.</summary>
    public static async Task<IReadOnlyList<string>> OfAsync(NpgsqlConnection connection, string learningKey, CancellationToken cancellationToken)
    {
        LearningKeyState folded;
        try
        {
            folded = await FoldAsync(connection, learningKey, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is InvalidOperationException or JsonException or NotSupportedException or ArgumentException)
        {
            return [$"The journal cannot be folded: {failure.Message}"];
        }

        using var command = LedgerAudit.Command(connection, LedgerSql.State);
        command.Parameters.Text(learningKey);
        var found = await command.ListAsync(
            row => (State: row.Json("state") ?? default, Student: row.Text("student_learning"), Teacher: row.Text("teacher_learning")),
            cancellationToken).ConfigureAwait(false);
        return found.IsEmpty
            ? ["There is a journal, and no state."]
            : [.. State(folded, found[0].State), .. Registry(folded, found[0].Student, found[0].Teacher)];
    }

    private static async Task<LearningKeyState> FoldAsync(NpgsqlConnection connection, string learningKey, CancellationToken cancellationToken)
    {
        var state = LearningKeyState.Empty with { LearningKey = learningKey };
        using var command = LedgerAudit.Command(connection, LedgerSql.Journal);
        command.Parameters.Text(learningKey);
        var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var readerDisposal = reader.ConfigureAwait(false);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            state = LearningKeyFold.Apply(state, (reader.Json("event") ?? default).Deserialize<LearningKeyEvent>(AtlasJson.Options)!);
        }

        return state;
    }

    private static IEnumerable<string> State(LearningKeyState folded, JsonElement stored)
    {
        JsonElement told, proven;
        try
        {
            // As stored: versions on trial by number only, because the archive has their content.
            told = JsonSerializer.SerializeToElement(Bare(stored.Deserialize<LearningKeyState>(AtlasJson.Options)!), AtlasJson.Options);
            proven = JsonSerializer.SerializeToElement(Bare(folded), AtlasJson.Options);
        }
        catch (JsonException failure)
        {
            return [$"The state cannot be read: {failure.Message}"];
        }

        var different = proven.EnumerateObject().Select(member => member.Name).Union(told.EnumerateObject().Select(member => member.Name), StringComparer.Ordinal)
            .Where(name => !(proven.TryGetProperty(name, out var one) && told.TryGetProperty(name, out var other) && JsonElement.DeepEquals(one, other)))
            .Order(StringComparer.Ordinal).ToList();
        return different.Count == 0 ? [] : [$"The state is not what its journal gives, in: {string.Join(", ", different)}."];
    }

    private static IEnumerable<string> Registry(LearningKeyState folded, string? student, string? teacher)
    {
        var given = folded.Served?.Playbook ?? folded.Playbook;
        return Same(given.StudentText, student) && Same(given.TeacherText, teacher) ? [] : ["The registry (learning_registry) does not say what the journal gives."];
    }

    private static bool Same(string? one, string? other) => string.Equals(one ?? "", other ?? "", StringComparison.Ordinal);

    private static LearningKeyState Bare(LearningKeyState state) => state.Trials is not { } trials ? state : state with
    {
        Trials = trials with
        {
            Parent = Named(trials.Parent), OnTrial = Named(trials.OnTrial), FirstArm = Named(trials.FirstArm), NewArm = Named(trials.NewArm),
        },
    };

    private static ServedPlaybook? Named(ServedPlaybook? version) => version is null ? null : version with { Playbook = LearnedPlaybook.Empty };
}
