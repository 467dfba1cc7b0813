using System.Collections.Immutable;
using System.Text.Json;
using Atlas.Domain.Json;
using Atlas.Domain.Playbooks;
using Atlas.Learning.Journal;
using Atlas.Learning.Options;
using Atlas.Learning.Playbooks;
using Atlas.Storage.Learning;
using Npgsql;

namespace Atlas.Queries.Keys;

/// <summary>Reads what keys have learned, from what their grains committed.</summary>
public sealed class KeyQueries(NpgsqlDataSource source)
{
    private readonly PlaybookQueries _playbooks = new(source);

    /// <summary>Whether anything is known about a key.</summary>
    public async Task<bool> IsKnownAsync(string learningKey, CancellationToken cancellationToken = default) =>
        await _playbooks.FindStateAsync(learningKey, cancellationToken).ConfigureAwait(false) is not null;

    /// <summary>Returns the state of a key, with its newest version; null if the key is unknown.</summary>
    public async Task<KeyStanding?> StandingAsync(string learningKey, CancellationToken cancellationToken = default) =>
        await StateAsync(learningKey, cancellationToken).ConfigureAwait(false) is { } state ? KeyStanding.Of(state) : null;

    /// <summary>Returns the playbook that a key's sessions get, with pending work and decisions; null if the key is unknown.</summary>
    /// <param name="learningKey">The key.</param>
    /// <param name="now">The time, for what is left of the budget for syntheses.</param>
    /// <param name="options">The options of the silos, for whether the version reaches prompts; null if they are not known.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    public async Task<KeyPlaybook?> PlaybookAsync(string learningKey, DateTimeOffset now, LearningOptions? options = null, CancellationToken cancellationToken = default)
    {
        // Read the outbox first: whatever leaves it afterwards is in the state, and is not missed.
        var uncounted = await new LearningLedger(source).OutboxOfKeyAsync(learningKey, cancellationToken).ConfigureAwait(false);
        if (await new FindingsQueries(source).FindStateAsync(learningKey, cancellationToken).ConfigureAwait(false) is not { } state)
        {
            return null;
        }

        ImmutableArray<long> waiting =
            [.. state.Pending.Union(uncounted.Where(delivery => delivery.Teaches).Select(delivery => delivery.SessionId)).Order()];
        var served = state.InForce;
        var version = await _playbooks.FindVersionAsync(learningKey, served.Version, cancellationToken).ConfigureAwait(false);
        return new KeyPlaybook
        {
            LearningKey = learningKey,
            Version = served.Version,
            NewestVersion = state.Version,
            UpdatedAt = served.MadeAt,
            ContentSha256 = version?.Summary.ContentSha256,
            SessionsObserved = state.SessionsObserved,
            SessionsApplied = state.SessionsApplied,
            Pending = waiting.Length + state.MorePending,
            PendingSessionIds = waiting,
            Frozen = state.Frozen is not null,
            Journal = await _playbooks.HeadAsync(learningKey, cancellationToken).ConfigureAwait(false),
            Synthesis = KeySyntheses.Of(state, now),
            Staging = state.Staging,
            IsStaged = CurrentPlaybook.IsStaged(state, options ?? new LearningOptions()),
            ReachesPrompts = CurrentPlaybook.Of(state, options ?? new LearningOptions()).ReachesPrompts,
            Pinned = state.Pinned,
            Roles = new KeyTexts(
                new KeyText(served.Playbook.StudentText ?? "", version?.Summary.StudentSha256),
                new KeyText(served.Playbook.TeacherText ?? "", version?.Summary.TeacherSha256)),
            Entries = served.Playbook.Entries,
            Evidence = KeyFindings.Of(state),
            Pairs = state.Pairs ?? [],
            Merged = state.Merged ?? [],
        };
    }

    /// <summary>Returns the versions of a key and the decisions on them; null if the key is unknown.</summary>
    /// <param name="learningKey">The key.</param>
    /// <param name="limit">The largest number of versions, and of decisions; newest first.</param>
    /// <param name="options">The options of the silos, for whether a version reaches prompts; null if they are not known.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    public async Task<KeyHistory?> HistoryAsync(string learningKey, int limit, LearningOptions? options = null, CancellationToken cancellationToken = default)
    {
        if (await StateAsync(learningKey, cancellationToken).ConfigureAwait(false) is not { } state)
        {
            return null;
        }

        var versions = await _playbooks.ListVersionsAsync(learningKey, limit: limit, cancellationToken: cancellationToken).ConfigureAwait(false);
        return new KeyHistory(
            CurrentPlaybook.Of(state, options ?? new LearningOptions()) is { ReachesPrompts: true, Version: var current } ? current : 0,
            state.Pinned is not null,
            state.Trials is { Evidence.Canary.Version.Number: var tried } trials ? new VersionTrial(tried, trials.Parent?.Version) : null,
            await new SynthesisQueries(source).WithSynthesesAsync(learningKey, versions, cancellationToken).ConfigureAwait(false),
            [.. (await _playbooks.SwitchesAsync(learningKey, limit, cancellationToken).ConfigureAwait(false)).Select(KeyDecision.Of)]);
    }

    /// <summary>Returns one version of a key's playbook; null if the key or the version does not exist.</summary>
    /// <param name="learningKey">The key.</param>
    /// <param name="version">The version, where 0 is the empty playbook before the first; null for the newest. The newest has up-to-date
    /// figures.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    public async Task<PlaybookVersion?> VersionAsync(string learningKey, int? version, CancellationToken cancellationToken = default)
    {
        if (await StateAsync(learningKey, cancellationToken).ConfigureAwait(false) is not { } state)
        {
            return null;
        }

        if (version is null || version == state.Version)
        {
            return new PlaybookVersion(state.Version, state.Playbook);
        }

        return version == 0 ? new PlaybookVersion(0, LearnedPlaybook.Empty)
            : await _playbooks.FindVersionAsync(learningKey, version.Value, cancellationToken).ConfigureAwait(false) is { } archived
            ? new PlaybookVersion(archived.Summary.Version, archived.Playbook())
            : null;
    }

    /// <summary>Returns how many ended sessions wait to be counted; this lasts for some seconds if a silo died between storing and counting
    /// them.</summary>
    public async Task<int> UncountedAsync(string learningKey, CancellationToken cancellationToken = default) =>
        (await new LearningLedger(source).OutboxOfKeyAsync(learningKey, cancellationToken).ConfigureAwait(false)).Length;

    private async Task<LearningKeyState?> StateAsync(string learningKey, CancellationToken cancellationToken) =>
        (await _playbooks.FindStateAsync(learningKey, cancellationToken).ConfigureAwait(false))?.State.Deserialize<LearningKeyState>(AtlasJson.Options);
}
