using System.Collections.Immutable;
using Atlas.Client.Cache;
using Atlas.Contracts.Forgetting;
using Atlas.Contracts.Playbooks;
using Atlas.Contracts.Sessions;
using Atlas.Domain;
using Atlas.Domain.Experiments;
using Atlas.Domain.Playbooks;
using Atlas.Domain.Sessions;
using Atlas.Learning.Playbooks;

namespace Atlas.Client;

/// <summary>The client of an Atlas cluster. Safe for concurrent use.</summary>
/// <remarks>Every method throws <see cref="Contracts.AtlasRefusedException"/> for a request that breaks a rule, and
/// <see cref="Contracts.AtlasUnavailableException"/> if the cluster or the database is unreachable; in the latter case you can send the
/// request again.</remarks>
public interface IAtlasClient : IAsyncDisposable
{
    /// <summary>Gets a name that distinguishes this cluster from others, even while it is unreachable. Data kept on disk for one cluster is
    /// never used for another.</summary>
    /// <value>Letters and digits; empty if the client does not know.</value>
    string ClusterName => "";

    /// <summary>Returns the last playbook that this cluster gave to this or another process on this machine. Use it while the cluster is
    /// unreachable.</summary>
    /// <param name="learningKey">The learning key.</param>
    /// <param name="role"><c>student</c> or <c>teacher</c>.</param>
    /// <returns>The playbook; null if none is kept on this machine.</returns>
    CachedPlaybook? LastKnown(string learningKey, string role = "student") => null;

    /// <summary>Starts a session and returns it with the playbook to use.</summary>
    Task<AtlasSession> StartSessionAsync(StartSession request, CancellationToken cancellationToken = default);

    /// <summary>Returns the session with this number, to continue it in another process.</summary>
    ISessionGrain GetSession(long sessionId);

    /// <summary>Returns the current state of a session.</summary>
    Task<SessionState> StandingAsync(long sessionId, CancellationToken cancellationToken = default);

    /// <summary>Waits until a session has ended and its judging is over, or until <paramref name="patience"/> has passed.</summary>
    /// <returns>The state at that moment; its <see cref="SessionState.Reward"/> is null if there is no reward, or none yet.</returns>
    Task<SessionState> AwaitRewardAsync(long sessionId, TimeSpan patience, CancellationToken cancellationToken = default);

    /// <summary>Returns the current playbook of a learning key.</summary>
    Task<ResolvedPlaybook> ResolveAsync(string learningKey, CancellationToken cancellationToken = default);

    /// <summary>Returns the playbook of a learning key, as fresh as requested.</summary>
    Task<ResolvedPlaybook> ResolveAsync(string learningKey, PlaybookFreshness freshness, CancellationToken cancellationToken = default);

    /// <summary>Returns the current playbook of a learning key, then every later one as it becomes current, until the caller stops.</summary>
    /// <remarks>The cluster pushes changes. If a silo dies, the client subscribes again at another one. Changes made in the meantime are
    /// combined into the newest playbook, which says how many versions were not seen.</remarks>
    IAsyncEnumerable<WatchedPlaybook> WatchAsync(string learningKey, CancellationToken cancellationToken = default);

    /// <summary>Returns the current state of a learning key.</summary>
    Task<LearningKeyDescription> DescribeAsync(string learningKey, CancellationToken cancellationToken = default);

    /// <summary>Sets a session's review status. Approving a pending session makes it teach.</summary>
    Task<SessionReviewed> ReviewAsync(long sessionId, ReviewDecision decision, CancellationToken cancellationToken = default);

    /// <summary>Returns the newest rewards of a learning key, and statistics over all of them.</summary>
    Task<RewardBaseline> BaselineAsync(string learningKey, CancellationToken cancellationToken = default);

    /// <summary>Stops all changes of a key's playbook.</summary>
    Task<KeyChange> FreezeAsync(string learningKey, Attribution by, CancellationToken cancellationToken = default);

    /// <summary>Allows changes of a key's playbook again.</summary>
    Task<KeyChange> UnfreezeAsync(string learningKey, Attribution by, CancellationToken cancellationToken = default);

    /// <summary>Makes a key's new versions wait until they are promoted.</summary>
    Task<KeyChange> StageAsync(string learningKey, Attribution by, CancellationToken cancellationToken = default);

    /// <summary>Makes a key's new versions current immediately again.</summary>
    Task<KeyChange> UnstageAsync(string learningKey, Attribution by, CancellationToken cancellationToken = default);

    /// <summary>Makes a version of a staged key current; null promotes the newest.</summary>
    Task<KeyChange> PromoteAsync(string learningKey, int? version, Attribution by, CancellationToken cancellationToken = default);

    /// <summary>Makes a version current and keeps it current.</summary>
    Task<KeyChange> PinAsync(string learningKey, int version, Attribution by, CancellationToken cancellationToken = default);

    /// <summary>Removes a pin.</summary>
    Task<KeyChange> UnpinAsync(string learningKey, Attribution by, CancellationToken cancellationToken = default);

    /// <summary>Puts an entry on trial. A candidate starts immediately; an entry found harmful or useless starts over.</summary>
    Task<KeyChange> TryEntryAsync(string learningKey, string entryId, Attribution by, CancellationToken cancellationToken = default);

    /// <summary>Withdraws an entry: no session gets it from the next one on.</summary>
    Task<KeyChange> WithdrawEntryAsync(string learningKey, string entryId, Attribution by, CancellationToken cancellationToken = default);

    /// <summary>Merges two entries that say the same. <paramref name="kept"/> stays with its evidence; no session gets the other one until
    /// it is unmerged.</summary>
    Task<KeyChange> MergeEntriesAsync(string learningKey, string kept, string entryId, Attribution by, CancellationToken cancellationToken = default);

    /// <summary>Undoes a merge. The merged entry comes back as it was.</summary>
    Task<KeyChange> UnmergeEntryAsync(string learningKey, string entryId, Attribution by, CancellationToken cancellationToken = default);

    /// <summary>Returns how many sessions an experiment would take. It starts nothing, and is refused if a start would be.</summary>
    Task<ExperimentNeed> PlanExperimentAsync(string learningKey, ExperimentPlan plan, CancellationToken cancellationToken = default);

    /// <summary>Starts an experiment. From now on the key's sessions are assigned to its two arms at random.</summary>
    Task<ExperimentReport> StartExperimentAsync(string learningKey, ExperimentPlan plan, Attribution by, CancellationToken cancellationToken = default);

    /// <summary>Ends an experiment without consequences.</summary>
    Task<ExperimentReport> StopExperimentAsync(string learningKey, int number, Attribution by, CancellationToken cancellationToken = default);

    /// <summary>Ends an experiment according to its verdict: the better version becomes current, or a harmful entry is withdrawn.</summary>
    Task<ExperimentReport> ConcludeExperimentAsync(string learningKey, int number, Attribution by, CancellationToken cancellationToken = default);

    /// <summary>Returns the experiments of a key with their findings so far, newest first. Of the finished ones, only the latest are
    /// included.</summary>
    Task<ImmutableArray<ExperimentReport>> ExperimentsAsync(string learningKey, CancellationToken cancellationToken = default);

    /// <summary>Makes the content of an earlier version current again, as a new version.</summary>
    Task<KeyChange> RollbackAsync(string learningKey, int version, Attribution by, CancellationToken cancellationToken = default);

    /// <summary>Makes a playbook current, as a new version. <see cref="PlaybookDocument.Import"/> reads one from a file.</summary>
    Task<KeyChange> ImportAsync(string learningKey, LearnedPlaybook playbook, Attribution by, CancellationToken cancellationToken = default);

    /// <summary>Makes a playbook that was exported and edited current, as a new version.</summary>
    Task<KeyChange> EditAsync(string learningKey, LearnedPlaybook playbook, Attribution by, CancellationToken cancellationToken = default);

    /// <summary>Forgets sessions, and what was learned from them alone, everywhere in the cluster; or reports what would be forgotten. An
    /// interrupted request can be repeated and continues where it stopped.</summary>
    Task<ForgetOutcome> ForgetAsync(ForgetRequest request, Attribution by, CancellationToken cancellationToken = default);
}
