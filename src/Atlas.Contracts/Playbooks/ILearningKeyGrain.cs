using System.Collections.Immutable;
using Atlas.Contracts.Access;
using Atlas.Domain;
using Atlas.Domain.Experiments;
using Atlas.Domain.Playbooks;
using Orleans.Concurrency;

namespace Atlas.Contracts.Playbooks;

/// <summary>The single writer of what a learning key has learned. The grain's key is the learning key.</summary>
/// <remarks>Every command is written to PostgreSQL before it is acknowledged. <see cref="Resolve"/> reads only memory and never waits for a
/// command, a write or a language model. A command cancelled before it starts changes nothing; one that is already running may still be
/// stored. Calls answered from memory take no cancellation token, because they never wait.</remarks>
[Alias("atlas.learning-key")]
public interface ILearningKeyGrain : IGrainWithStringKey
{
    /// <summary>Returns the current playbook: that of the newest acknowledged change, never an older one. On a staged or pinned key it is
    /// the version promoted or pinned last.</summary>
    [AlwaysInterleave]
    [Alias("resolve")]
    [Needs(AtlasPermissions.Read)]
    ValueTask<ResolvedPlaybook> Resolve();

    /// <summary>Notifies an observer of every playbook that becomes current, until the subscription has not been renewed for
    /// <see cref="SubscriptionSeconds"/>.</summary>
    /// <returns>The current playbook.</returns>
    [AlwaysInterleave]
    [Alias("subscribe")]
    [Needs(AtlasPermissions.Read)]
    Task<ResolvedPlaybook> Subscribe(IPlaybookObserver observer);

    [AlwaysInterleave]
    [Alias("unsubscribe")]
    [Needs(AtlasPermissions.Read)]
    Task Unsubscribe(IPlaybookObserver observer);

    /// <summary>How long a subscription lasts without renewal, in seconds.</summary>
    const int SubscriptionSeconds = 30;

    /// <summary>Returns the committed figures, entries, pending work and last failure.</summary>
    [AlwaysInterleave]
    [Alias("describe")]
    [Needs(AtlasPermissions.Read)]
    ValueTask<LearningKeyDescription> Describe();

    /// <summary>Returns the newest rewards of the key, against which an unusual one is recognized.</summary>
    [AlwaysInterleave]
    [Alias("baseline")]
    [Needs(AtlasPermissions.Read)]
    ValueTask<RewardBaseline> Baseline();

    /// <summary>Counts a finished session exactly once, however often it is reported.</summary>
    [Alias("record")]
    Task<SessionCounted> Record(FinishedSession session, CancellationToken cancellationToken = default);

    /// <summary>Lets a counted session teach, or stops one that is still waiting from teaching.</summary>
    /// <param name="sessionId">The session's number.</param>
    /// <param name="decision">The reviewer's decision.</param>
    /// <param name="teaches">Whether the decision lets the session feed the synthesizer.</param>
    /// <param name="counted">The outcome reported to the key, so that its evidence can be removed or restored; null leaves the evidence
    /// unchanged.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    [Alias("review")]
    Task<SessionCounted> Review(long sessionId, ReviewDecision decision, bool teaches, SessionOutcome? counted = null, CancellationToken cancellationToken = default);

    /// <summary>Stops all changes of the playbook until <see cref="Unfreeze"/>. Sessions are still counted and wait.</summary>
    [Alias("freeze")]
    [Needs(AtlasPermissions.Govern)]
    Task<KeyChange> Freeze(Attribution by, CancellationToken cancellationToken = default);

    [Alias("unfreeze")]
    [Needs(AtlasPermissions.Govern)]
    Task<KeyChange> Unfreeze(Attribution by, CancellationToken cancellationToken = default);

    /// <summary>Stages new versions: they are still created, but reach no prompt until one is promoted.</summary>
    /// <exception cref="AtlasRefusedException">The key is frozen.</exception>
    [Alias("stage")]
    [Needs(AtlasPermissions.Govern)]
    Task<KeyChange> Stage(Attribution by, CancellationToken cancellationToken = default);

    /// <summary>Makes new versions current immediately again, starting with the newest one.</summary>
    /// <exception cref="AtlasRefusedException">The key is frozen.</exception>
    [Alias("unstage")]
    [Needs(AtlasPermissions.Govern)]
    Task<KeyChange> Unstage(Attribution by, CancellationToken cancellationToken = default);

    /// <summary>Makes a version of a staged key current.</summary>
    /// <param name="version">The version; null for the newest, 0 for the empty playbook before the first.</param>
    /// <param name="by">Who makes the change, and why.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="AtlasRefusedException">There is no such version, or the key is frozen, pinned or not staged.</exception>
    [Alias("promote")]
    [Needs(AtlasPermissions.Govern)]
    Task<KeyChange> Promote(int? version, Attribution by, CancellationToken cancellationToken = default);

    /// <summary>Makes a version current and keeps it current until <see cref="Unpin"/>, while newer versions are still created.</summary>
    /// <exception cref="AtlasRefusedException">There is no such version, or the key is frozen.</exception>
    [Alias("pin")]
    [Needs(AtlasPermissions.Govern)]
    Task<KeyChange> Pin(int version, Attribution by, CancellationToken cancellationToken = default);

    /// <summary>Makes the newest version current again. On a staged key the pinned version stays current until another is promoted.</summary>
    /// <exception cref="AtlasRefusedException">The key is frozen.</exception>
    [Alias("unpin")]
    [Needs(AtlasPermissions.Govern)]
    Task<KeyChange> Unpin(Attribution by, CancellationToken cancellationToken = default);

    /// <summary>Puts an entry on trial. A candidate starts immediately; an entry found harmful or useless starts over.</summary>
    /// <exception cref="AtlasRefusedException">There is no such entry, <c>learning.evidence.enabled</c> is false, or the key is frozen.</exception>
    [Alias("try-entry")]
    [Needs(AtlasPermissions.Govern)]
    Task<KeyChange> TryEntry(string entryId, Attribution by, CancellationToken cancellationToken = default);

    /// <summary>Withdraws an entry: no session gets it from the next one on.</summary>
    /// <exception cref="AtlasRefusedException">There is no such entry, <c>learning.evidence.enabled</c> is false, or the key is frozen.</exception>
    [Alias("withdraw-entry")]
    [Needs(AtlasPermissions.Govern)]
    Task<KeyChange> WithdrawEntry(string entryId, Attribution by, CancellationToken cancellationToken = default);

    /// <summary>Merges two entries that say the same. One stays with its evidence; no session gets the other.</summary>
    /// <param name="kept">The id of the entry that stays.</param>
    /// <param name="entryId">The id of the other entry.</param>
    /// <param name="by">Who makes the change, and why.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="AtlasRefusedException">An entry does not exist, the entries are for different roles, a version or an experiment is
    /// on trial, or the key is frozen.</exception>
    [Alias("merge-entries")]
    [Needs(AtlasPermissions.Govern)]
    Task<KeyChange> MergeEntries(string kept, string entryId, Attribution by, CancellationToken cancellationToken = default);

    /// <summary>Undoes a merge. The merged entry comes back as it was.</summary>
    /// <exception cref="AtlasRefusedException">No such entry was merged, a version or an experiment is on trial, or the key is frozen.</exception>
    [Alias("unmerge-entry")]
    [Needs(AtlasPermissions.Govern)]
    Task<KeyChange> UnmergeEntry(string entryId, Attribution by, CancellationToken cancellationToken = default);

    /// <summary>Returns how many sessions an experiment would take, without starting it.</summary>
    /// <exception cref="AtlasRefusedException">The experiment could not be started now, for the same reasons as in
    /// <see cref="StartExperiment"/>.</exception>
    [Alias("plan-experiment")]
    [Needs(AtlasPermissions.Read)]
    Task<ExperimentNeed> PlanExperiment(ExperimentPlan plan, CancellationToken cancellationToken = default);

    /// <summary>Starts an experiment. From now on sessions are assigned to its two arms at random. To compare two synthesizers, both are
    /// asked first, which takes as long as their models take.</summary>
    /// <exception cref="AtlasRefusedException">The plan breaks a rule, <c>learning.enabled</c> or <c>learning.evidence.enabled</c> is false,
    /// the key is frozen, or it already has an experiment.</exception>
    [Alias("start-experiment")]
    [ResponseTimeout("00:10:00")]
    [Needs(AtlasPermissions.Govern)]
    Task<ExperimentReport> StartExperiment(ExperimentPlan plan, Attribution by, CancellationToken cancellationToken = default);

    /// <summary>Ends an experiment without consequences.</summary>
    /// <exception cref="AtlasRefusedException">There is no such experiment, or it is over.</exception>
    [Alias("stop-experiment")]
    [Needs(AtlasPermissions.Govern)]
    Task<ExperimentReport> StopExperiment(int number, Attribution by, CancellationToken cancellationToken = default);

    /// <summary>Ends an experiment according to its verdict: the better version becomes current, or a harmful entry is withdrawn.</summary>
    /// <exception cref="AtlasRefusedException">There is no such experiment, it is over, it has no verdict yet, or the key is frozen.</exception>
    [Alias("conclude-experiment")]
    [Needs(AtlasPermissions.Govern)]
    Task<ExperimentReport> ConcludeExperiment(int number, Attribution by, CancellationToken cancellationToken = default);

    /// <summary>Returns the experiments of the key, newest first. Of the finished ones, only the latest are included.</summary>
    [AlwaysInterleave]
    [Alias("experiments")]
    [Needs(AtlasPermissions.Read)]
    ValueTask<ImmutableArray<ExperimentReport>> Experiments();

    /// <summary>Makes the content of an earlier version current again, as a new version. Version 0 is the empty playbook before the first.</summary>
    /// <exception cref="AtlasRefusedException">There is no such version, or the key is frozen or pinned.</exception>
    [Alias("rollback")]
    [Needs(AtlasPermissions.Govern)]
    Task<KeyChange> Rollback(int version, Attribution by, CancellationToken cancellationToken = default);

    /// <summary>Makes an exported playbook the newest version: current immediately, or waiting on a staged or pinned key.</summary>
    /// <param name="playbook">The playbook, as in a file written by <c>atlas playbook export</c>. The rules of such a file apply.</param>
    /// <param name="cause"><see cref="PlaybookCause.Import"/>, or <see cref="PlaybookCause.Edit"/> for a text that was exported to be edited.</param>
    /// <param name="by">Who makes the change, and why.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="AtlasRefusedException">The playbook breaks a rule; the message says where.</exception>
    [Alias("import")]
    [Needs(AtlasPermissions.Govern)]
    Task<KeyChange> Import(LearnedPlaybook playbook, PlaybookCause cause, Attribution by, CancellationToken cancellationToken = default);
}
