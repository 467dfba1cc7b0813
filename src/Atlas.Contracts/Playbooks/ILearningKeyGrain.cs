using Atlas.Contracts.Review;
using Orleans.Concurrency;

namespace Atlas.Contracts.Playbooks;

/// <summary>The only writer of what one learning key has learned. The grain's key is the learning key.</summary>
/// <remarks>Every command is written to PostgreSQL before it is acknowledged. <see cref="Resolve"/> reads memory only and
/// never waits for a command, a write or a language model.</remarks>
[Alias("atlas.learning-key")]
public interface ILearningKeyGrain : IGrainWithStringKey
{
    /// <summary>The playbook that is current now: of the newest acknowledged change, never an older one. On a staged or pinned
    /// key it is the version that was promoted or pinned last.</summary>
    [AlwaysInterleave]
    [Alias("resolve")]
    ValueTask<ResolvedPlaybook> Resolve();

    /// <summary>Has an observer told of every playbook that becomes current from now on, until it has not been renewed for
    /// <see cref="SubscriptionSeconds"/>.</summary>
    /// <returns>The playbook that is current now.</returns>
    [AlwaysInterleave]
    [Alias("subscribe")]
    Task<ResolvedPlaybook> Subscribe(IPlaybookObserver observer);

    [AlwaysInterleave]
    [Alias("unsubscribe")]
    Task Unsubscribe(IPlaybookObserver observer);

    /// <summary>How long a subscription lasts without being renewed, in seconds.</summary>
    const int SubscriptionSeconds = 30;

    /// <summary>Figures, entries, pending work and the last failure, as they are committed.</summary>
    [AlwaysInterleave]
    [Alias("describe")]
    ValueTask<LearningKeyDescription> Describe();

    /// <summary>The newest rewards of the key, which tell whether the next one is unusual.</summary>
    [AlwaysInterleave]
    [Alias("baseline")]
    ValueTask<RewardBaseline> Baseline();

    /// <summary>Counts a finished session, exactly once however often it is told.</summary>
    [Alias("record")]
    Task<SessionCounted> Record(FinishedSession session);

    /// <summary>Lets a counted session teach after all, or keeps one that still waits from teaching.</summary>
    /// <param name="sessionId">The session.</param>
    /// <param name="decision">What the reviewer said.</param>
    /// <param name="teaches">Whether the session may feed the synthesizer by it.</param>
    [Alias("review")]
    Task<SessionCounted> Review(long sessionId, ReviewDecision decision, bool teaches);

    /// <summary>Stops every change of the playbook until <see cref="Unfreeze"/>; sessions are still counted and wait.</summary>
    [Alias("freeze")]
    Task<KeyChange> Freeze(Attribution by);

    [Alias("unfreeze")]
    Task<KeyChange> Unfreeze(Attribution by);

    /// <summary>Makes new versions candidates: they are made as ever, but reach no prompt until one is promoted.</summary>
    /// <exception cref="AtlasRefusedException">The key is frozen.</exception>
    [Alias("stage")]
    Task<KeyChange> Stage(Attribution by);

    /// <summary>Makes new versions current at once again, the newest there is with it.</summary>
    /// <exception cref="AtlasRefusedException">The key is frozen.</exception>
    [Alias("unstage")]
    Task<KeyChange> Unstage(Attribution by);

    /// <summary>Makes a version of a staged key current.</summary>
    /// <param name="version">The version; null for the newest, 0 for the empty playbook before the first.</param>
    /// <param name="by">Who does it, and why.</param>
    /// <exception cref="AtlasRefusedException">There is no such version, or the key is frozen, pinned or not staged.</exception>
    [Alias("promote")]
    Task<KeyChange> Promote(int? version, Attribution by);

    /// <summary>Makes a version current and keeps it so until <see cref="Unpin"/>; newer versions are made meanwhile.</summary>
    /// <exception cref="AtlasRefusedException">There is no such version, or the key is frozen.</exception>
    [Alias("pin")]
    Task<KeyChange> Pin(int version, Attribution by);

    /// <summary>Makes the newest version current again; on a staged key the pinned one stays so until another is promoted.</summary>
    /// <exception cref="AtlasRefusedException">The key is frozen.</exception>
    [Alias("unpin")]
    Task<KeyChange> Unpin(Attribution by);

    /// <summary>Makes the content of an earlier version current again, as a new version. Version 0 is the empty playbook
    /// that was there before the first.</summary>
    /// <exception cref="AtlasRefusedException">There is no such version, or the key is frozen or pinned.</exception>
    [Alias("rollback")]
    Task<KeyChange> Rollback(int version, Attribution by);

    /// <summary>Makes an exported playbook the newest version: current at once, or a candidate on a staged or pinned key.</summary>
    /// <param name="playbookJson">The form that <c>atlas playbook export</c> writes.</param>
    /// <param name="cause"><c>import</c>, or <c>edit</c> for a text that was exported to be changed.</param>
    /// <param name="by">Who does it, and why.</param>
    /// <exception cref="AtlasRefusedException">The text is no such form; the message says where.</exception>
    [Alias("import")]
    Task<KeyChange> Import(string playbookJson, string cause, Attribution by);
}
