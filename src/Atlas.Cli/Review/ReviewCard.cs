using Atlas.Domain;
using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Atlas.Cli.Output;
using Atlas.Domain.Json;
using Atlas.Queries;

namespace Atlas.Cli.Review;

/// <summary>Prints everything that a reviewer needs to know about a session: the task, the answer, what judges and drift detection said,
/// and what it would teach.</summary>
internal static class ReviewCard
{
    private const int LongText = 1200;
    private const int ShortText = 240;
    private const int MostTools = 12;

    public static void Write(SessionDetail session, int number, int of, Terminal terminal)
    {
        var summary = session.Summary;
        terminal.Data();
        terminal.Data($"── {number} of {of} ── session {summary.Id} ── {summary.LearningKey ?? "no learning key"} ── {Wording.Time(summary.CreatedAt)}", Tint.Heading);
        terminal.Data($"task      {Wording.OneLine(summary.Task, LongText)}");
        terminal.Data($"answer    {(string.IsNullOrWhiteSpace(session.FinalAnswer) ? "(none)" : Wording.OneLine(session.FinalAnswer, LongText))}");
        terminal.Data($"outcome   {summary.Status.ToWire()}, reward {Wording.Score(summary.Reward)}");
        foreach (var judge in Items(session.Reward, "judges"))
        {
            terminal.Data($"judge     {Text(judge, "identifier") ?? "judge"} {Wording.Score(Number(judge, "score"))}: {Wording.OneLine(Text(judge, "rationale"), ShortText)}");
        }

        WriteDrift(session.Metadata, terminal);
        WriteTeaching(session, terminal);
    }

    private static void WriteDrift(JsonElement? metadata, Terminal terminal)
    {
        if (Member(metadata, "drift") is not { ValueKind: JsonValueKind.Object } drift)
        {
            return;
        }

        var delta = Number(drift, "score_delta") is { } value ? value.ToString("+0.00;-0.00;+0.00", CultureInfo.InvariantCulture) : "n/a";
        var alert = Member(drift, "alert") is { ValueKind: JsonValueKind.True };
        terminal.Data(
            $"drift     {(alert ? Text(drift, "message") ?? "alert" : "in line")}, score {delta} compared with the sessions before{(Text(drift, "reason") is { } reason ? $" ({reason})" : "")}",
            alert ? Tint.Removed : Tint.None);
    }

    private static void WriteTeaching(SessionDetail session, Terminal terminal)
    {
        var digest = session.Digest is { ValueKind: JsonValueKind.Object } stored ? stored.Deserialize<Learning.Digest.SessionDigest>(AtlasJson.Options) : null;
        if (session.Summary.Reward is null)
        {
            terminal.Data("teaches   nothing: without a reward there is nothing to compare");
        }
        else
        {
            var tools = digest is { Tools.IsDefaultOrEmpty: false }
                ? $"the calls {string.Join(" → ", digest.Tools.Take(MostTools))}{(digest.Tools.Length > MostTools ? " → …" : "")}"
                : "its text, because it called no tools";
            terminal.Data($"teaches   {tools}, with reward {Wording.Score(session.Summary.Reward)}");
        }

        foreach (var (role, note) in new[] { ("student", session.StudentLearning), ("teacher", session.TeacherLearning) })
        {
            if (!string.IsNullOrWhiteSpace(note))
            {
                terminal.Data($"note      for the {role}: {Wording.OneLine(note, ShortText)}");
            }
        }

        foreach (var (entry, use) in UsedEntries(session.Metadata))
        {
            terminal.Data($"entry     {entry}: cue seen {Number(use, "cue_hits") ?? 0} times, adopted {Number(use, "action_adoptions") ?? 0} times, "
                + $"with success {Number(use, "successful_adoptions") ?? 0} times");
        }
    }

    private static ImmutableArray<(string Entry, JsonElement Use)> UsedEntries(JsonElement? metadata) =>
        Member(Member(metadata, "learning_usage"), "roles") is { ValueKind: JsonValueKind.Object } roles
            ? [.. roles.EnumerateObject()
                .Where(role => role.Value.ValueKind is JsonValueKind.Object)
                .SelectMany(role => role.Value.EnumerateObject())
                .Where(entry => Number(entry.Value, "cue_hits") > 0 || Number(entry.Value, "action_adoptions") > 0)
                .Select(entry => (entry.Name, entry.Value))]
            : [];

    private static JsonElement? Member(JsonElement? value, string name) =>
        value is { ValueKind: JsonValueKind.Object } found && found.TryGetProperty(name, out var member) ? member : null;

    private static IEnumerable<JsonElement> Items(JsonElement? value, string name) =>
        Member(value, name) is { ValueKind: JsonValueKind.Array } items ? items.EnumerateArray() : [];

    private static string? Text(JsonElement? value, string name) =>
        Member(value, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private static double? Number(JsonElement? value, string name) =>
        Member(value, name) is { ValueKind: JsonValueKind.Number } number ? number.GetDouble() : null;
}
