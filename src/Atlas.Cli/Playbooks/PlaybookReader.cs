using System.Collections.Immutable;
using System.Text.Json;
using Atlas.Learning.Injection;
using Atlas.Learning.Journal;
using Atlas.Learning.Json;
using Atlas.Learning.Options;
using Atlas.Storage.Learning;
using Atlas.Storage.Queries;
using Npgsql;

namespace Atlas.Cli.Playbooks;

/// <summary>Reads what a key has learned from what its grain committed.</summary>
internal sealed class PlaybookReader(NpgsqlDataSource source)
{
    private static readonly LearningOptions _defaults = new();
    private readonly PlaybookQueries _queries = new(source);

    /// <summary>The key's playbook; null if nothing is known of the key.</summary>
    public async Task<PlaybookDocument?> FindAsync(string learningKey, CancellationToken cancellation)
    {
        // The outbox comes first: what leaves it afterwards is in the state, and is not missed.
        var uncounted = await new LearningLedger(source).OutboxOfKeyAsync(learningKey, cancellation);
        var committed = await _queries.FindStateAsync(learningKey, cancellation);
        if (committed?.State.Deserialize<LearningKeyState>(AtlasJson.Options) is not { } state)
        {
            return null;
        }

        ImmutableArray<long> waiting =
            [.. state.Pending.Union(uncounted.Where(delivery => delivery.Teaches).Select(delivery => delivery.SessionId)).Order()];
        var served = state.Served ?? new ServedPlaybook(state.Version, state.UpdatedAt, state.Playbook);
        var version = await _queries.FindVersionAsync(learningKey, served.Version, cancellation);
        return new PlaybookDocument
        {
            LearningKey = learningKey,
            Version = served.Version,
            NewestVersion = state.Version,
            UpdatedAt = served.MadeAt,
            ContentSha256 = version?.Summary.ContentSha256,
            SessionsObserved = state.SessionsObserved,
            SessionsApplied = state.SessionsApplied,
            Pending = waiting.Length,
            PendingSessionIds = waiting,
            Frozen = state.Frozen is not null,
            Synthesis = SynthesisDocument.Of(state, TimeProvider.System.GetUtcNow()),
            Staging = state.Staging,
            Pinned = state.Pinned,
            Roles = new RolesDocument(
                Role(served.Playbook.StudentText, version?.Summary.StudentSha256),
                Role(served.Playbook.TeacherText, version?.Summary.TeacherSha256)),
            Entries = served.Playbook.Entries,
        };
    }

    private static RoleDocument Role(string? text, string? sha256) =>
        new(PlaybookRenderer.Trim(text, _defaults.PlaybookLimit) ?? "", sha256);
}
