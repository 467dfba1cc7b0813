using System.Collections.Immutable;
using Atlas.Contracts.Access;
using Atlas.Domain;
using Atlas.Domain.Experiments;
using Atlas.Domain.Playbooks;
using Orleans.Concurrency;

namespace Atlas.Contracts.Playbooks;

/// <summary>The only writer of what one learning key has learned. The grain's key is the learning key.</summary>
/// <remarks>Every command is written to PostgreSQL before it is acknowledged. <see cref="Resolve"/> reads memory only and
/// never waits for a command, a write or a language model. A command that is given up before its turn changes nothing; one that is
/// under way then may be stored all the same. Calls that are answered from memory cannot be given up: nothing in them waits.</remarks>
[Alias("atlas.learning-key")]
public interface ILearningKeyGrain : IGrainWithStringKey
{
    /// <summary>The playbook that is current now: of the newest acknowledged change, never an older one. On a staged or pinned
    /// key it is the version that was promoted or pinned last.</summary>
    [AlwaysInterleave]
    [Alias("resolve")]
    [Needs(AtlasPermissions.Read)]
    ValueTask<ResolvedPlaybook> Resolve();

    /// <summary>Has an observer told of every playbook that becomes current from now on, until it has not been renewed for
    /// <see cref="SubscriptionSeconds"/>.</summary>
    /// <returns>The playbook that is current now.</returns>
    [AlwaysInterleave]
    [Alias("subscribe")]
    [Needs(AtlasPermissions.Read)]
    Task<ResolvedPlaybook> Subscribe(IPlaybookObserver observer);

    [AlwaysInterleave]
    [Alias("unsubscribe")]
    [Needs(AtlasPermissions.Read)]
    Task Unsubscribe(IPlaybookObserver observer);

    /// <summary>How long a subscription lasts without being renewed, in seconds.</summary>
    const int SubscriptionSeconds = 30;

    /// <summary>Figures, entries, pending work and the last failure, as they are committed.</summary>
    [AlwaysInterleave]
    [Alias("describe")]
    [Needs(AtlasPermissions.Read)]
    ValueTask<LearningKeyDescription> Describe();

    /// <summary>The newest rewards of the key, which tell whether the next one is unusual.</summary>
    [AlwaysInterleave]
    [Alias("baseline")]
    [Needs(AtlasPermissions.Read)]
    ValueTask<RewardBaseline> Baseline();

    /// <summary>Counts a finished session, exactly once however often it is told.</summary>
    [Alias("record")]
    Task<SessionCounted> Record(FinishedSession session, CancellationToken cancellationToken = default);

    /// <summary>Lets a counted session teach after all, or keeps one that still waits from teaching.</summary>
    /// <param name="sessionId">The session.</param>
    /// <param name="decision">What the reviewer said.</param>
    /// <param name="teaches">Whether the session may feed the synthesizer by it.</param>
    /// <param name="counted">What the key was told of it, so that its evidence can be taken out or put back; null leaves that as it is.</param>
    /// <param name="cancellationToken">Gives the call up.</param>
    [Alias("review")]
    Task<SessionCounted> Review(long sessionId, ReviewDecision decision, bool teaches, SessionOutcome? counted = null, CancellationToken cancellationToken = default);

    /// <summary>Stops every change of the playbook until <see cref="Unfreeze"/>; sessions are still counted and wait.</summary>
    [Alias("freeze")]
    [Needs(AtlasPermissions.Govern)]
    Task<KeyChange> Freeze(Attribution by, CancellationToken cancellationToken = default);

    [Alias("unfreeze")]
    [Needs(AtlasPermissions.Govern)]
    Task<KeyChange> Unfreeze(Attribution by, CancellationToken cancellationToken = default);

    /// <summary>Makes new versions candidates: they are made as ever, but reach no prompt until one is promoted.</summary>
    /// <exception cref="AtlasRefusedException">The key is frozen.</exception>
    [Alias("stage")]
    [Needs(AtlasPermissions.Govern)]
    Task<KeyChange> Stage(Attribution by, CancellationToken cancellationToken = default);

    /// <summary>Makes new versions current at once again, the newest there is with it.</summary>
    /// <exception cref="AtlasRefusedException">The key is frozen.</exception>
    [Alias("unstage")]
    [Needs(AtlasPermissions.Govern)]
    Task<KeyChange> Unstage(Attribution by, CancellationToken cancellationToken = default);

    /// <summary>Makes a version of a staged key current.</summary>
    /// <param name="version">The version; null for the newest, 0 for the empty playbook before the first.</param>
    /// <param name="by">Who does it, and why.</param>
    /// <param name="cancellationToken">Gives the call up.</param>
    /// <exception cref="AtlasRefusedException">There is no such version, or the key is frozen, pinned or not staged.</exception>
    [Alias("promote")]
    [Needs(AtlasPermissions.Govern)]
    Task<KeyChange> Promote(int? version, Attribution by, CancellationToken cancellationToken = default);

    /// <summary>Makes a version current and keeps it so until <see cref="Unpin"/>; newer versions are made meanwhile.</summary>
    /// <exception cref="AtlasRefusedException">There is no such version, or the key is frozen.</exception>
    [Alias("pin")]
    [Needs(AtlasPermissions.Govern)]
    Task<KeyChange> Pin(int version, Attribution by, CancellationToken cancellationToken = default);

    /// <summary>Makes the newest version current again; on a staged key the pinned one stays so until another is promoted.</summary>
    /// <exception cref="AtlasRefusedException">The key is frozen.</exception>
    [Alias("unpin")]
    [Needs(AtlasPermissions.Govern)]
    Task<KeyChange> Unpin(Attribution by, CancellationToken cancellationToken = default);

    /// <summary>Puts an entry on trial: a candidate at once, one that was found harmful or of no use from the beginning.</summary>
    /// <exception cref="AtlasRefusedException">There is no such entry, nothing is tried, or the key is frozen.</exception>
    [Alias("try-entry")]
    [Needs(AtlasPermissions.Govern)]
    Task<KeyChange> TryEntry(string entryId, Attribution by, CancellationToken cancellationToken = default);

    /// <summary>Keeps an entry from every session from the next one on.</summary>
    /// <exception cref="AtlasRefusedException">There is no such entry, nothing is tried, or the key is frozen.</exception>
    [Alias("withdraw-entry")]
    [Needs(AtlasPermissions.Govern)]
    Task<KeyChange> WithdrawEntry(string entryId, Attribution by, CancellationToken cancellationToken = default);

    /// <summary>Starts an experiment: from now on sessions are drawn for its two arms.</summary>
    /// <exception cref="AtlasRefusedException">The plan breaks a rule, nothing is tried, the key is frozen, or it has an experiment already.</exception>
    [Alias("start-experiment")]
    [Needs(AtlasPermissions.Govern)]
    Task<ExperimentReport> StartExperiment(ExperimentPlan plan, Attribution by, CancellationToken cancellationToken = default);

    /// <summary>Ends an experiment without a consequence.</summary>
    /// <exception cref="AtlasRefusedException">There is no such experiment, or it is over.</exception>
    [Alias("stop-experiment")]
    [Needs(AtlasPermissions.Govern)]
    Task<ExperimentReport> StopExperiment(int number, Attribution by, CancellationToken cancellationToken = default);

    /// <summary>Ends an experiment by its verdict: the better version becomes current, a harmful entry is withdrawn.</summary>
    /// <exception cref="AtlasRefusedException">There is no such experiment, it is over, it has no verdict yet, or the key is frozen.</exception>
    [Alias("conclude-experiment")]
    [Needs(AtlasPermissions.Govern)]
    Task<ExperimentReport> ConcludeExperiment(int number, Attribution by, CancellationToken cancellationToken = default);

    /// <summary>The experiments of the key, the newest first; of those that are over, the last ones.</summary>
    [AlwaysInterleave]
    [Alias("experiments")]
    [Needs(AtlasPermissions.Read)]
    ValueTask<ImmutableArray<ExperimentReport>> Experiments();

    /// <summary>Makes the content of an earlier version current again, as a new version. Version 0 is the empty playbook
    /// that was there before the first.</summary>
    /// <exception cref="AtlasRefusedException">There is no such version, or the key is frozen or pinned.</exception>
    [Alias("rollback")]
    [Needs(AtlasPermissions.Govern)]
    Task<KeyChange> Rollback(int version, Attribution by, CancellationToken cancellationToken = default);

    /// <summary>Makes an exported playbook the newest version: current at once, or a candidate on a staged or pinned key.</summary>
    /// <param name="playbook">As a file that <c>atlas playbook export</c> wrote says it; it is held to the rules of such a file.</param>
    /// <param name="cause"><see cref="PlaybookCause.Import"/>, or <see cref="PlaybookCause.Edit"/> for a text that was exported to be changed.</param>
    /// <param name="by">Who does it, and why.</param>
    /// <param name="cancellationToken">Gives the call up.</param>
    /// <exception cref="AtlasRefusedException">The playbook breaks a rule; the message says where.</exception>
    [Alias("import")]
    [Needs(AtlasPermissions.Govern)]
    Task<KeyChange> Import(LearnedPlaybook playbook, PlaybookCause cause, Attribution by, CancellationToken cancellationToken = default);
}
