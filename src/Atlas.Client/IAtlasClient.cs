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

/// <summary>What an application asks of Atlas. Safe for use by many threads.</summary>
/// <remarks>Every method throws <see cref="Contracts.AtlasRefusedException"/> for a request that breaks a rule, and
/// <see cref="Contracts.AtlasUnavailableException"/> if cluster or database cannot be reached; the latter may be sent again.</remarks>
public interface IAtlasClient : IAsyncDisposable
{
    /// <summary>Tells this cluster from others, also while it cannot be reached: what is kept on disk of one never answers for another.</summary>
    /// <value>Letters and digits; empty for a client that does not know.</value>
    string ClusterName => "";

    /// <summary>The last playbook that this or another process was given by this cluster, for when it cannot be reached.</summary>
    /// <param name="learningKey">The key.</param>
    /// <param name="role"><c>student</c> or <c>teacher</c>.</param>
    /// <returns>Null if none is kept on this machine.</returns>
    CachedPlaybook? LastKnown(string learningKey, string role = "student") => null;

    /// <summary>Opens a session and returns it with the playbook it is to use.</summary>
    Task<AtlasSession> StartSessionAsync(StartSession request, CancellationToken cancellationToken = default);

    /// <summary>The session with this number, for going on with it in another process.</summary>
    ISessionGrain GetSession(long sessionId);

    /// <summary>Where a session stands now.</summary>
    Task<SessionState> StandingAsync(long sessionId, CancellationToken cancellationToken = default);

    /// <summary>Waits until a session has ended and its judging is over, or until patience ends.</summary>
    /// <returns>Where it stands then; <see cref="SessionState.Reward"/> is null if there is no reward, or none yet.</returns>
    Task<SessionState> AwaitRewardAsync(long sessionId, TimeSpan patience, CancellationToken cancellationToken = default);

    /// <summary>The playbook of a learning key that is current now.</summary>
    Task<ResolvedPlaybook> ResolveAsync(string learningKey, CancellationToken cancellationToken = default);

    /// <summary>The playbook of a learning key, as fresh as asked.</summary>
    Task<ResolvedPlaybook> ResolveAsync(string learningKey, PlaybookFreshness freshness, CancellationToken cancellationToken = default);

    /// <summary>The playbook of a learning key that is current now, and then every one that becomes so, until the caller stops.</summary>
    /// <remarks>The cluster pushes changes. If a silo dies, the client subscribes again at the next one; what became current
    /// meanwhile is not lost but summed up in the newest, which says how many versions were not seen.</remarks>
    IAsyncEnumerable<WatchedPlaybook> WatchAsync(string learningKey, CancellationToken cancellationToken = default);

    /// <summary>Where a learning key stands.</summary>
    Task<LearningKeyDescription> DescribeAsync(string learningKey, CancellationToken cancellationToken = default);

    /// <summary>Sets a session's review status; approving one that waits makes it teach.</summary>
    Task<SessionReviewed> ReviewAsync(long sessionId, ReviewDecision decision, CancellationToken cancellationToken = default);

    /// <summary>The newest rewards of a learning key, and figures over all of them.</summary>
    Task<RewardBaseline> BaselineAsync(string learningKey, CancellationToken cancellationToken = default);

    /// <summary>Stops every change of a key's playbook.</summary>
    Task<KeyChange> FreezeAsync(string learningKey, Attribution by, CancellationToken cancellationToken = default);

    /// <summary>Allows changes of a key's playbook again.</summary>
    Task<KeyChange> UnfreezeAsync(string learningKey, Attribution by, CancellationToken cancellationToken = default);

    /// <summary>Makes a key's new versions wait until they are promoted.</summary>
    Task<KeyChange> StageAsync(string learningKey, Attribution by, CancellationToken cancellationToken = default);

    /// <summary>Makes a key's new versions current at once again.</summary>
    Task<KeyChange> UnstageAsync(string learningKey, Attribution by, CancellationToken cancellationToken = default);

    /// <summary>Makes a version of a staged key current; null stands for the newest.</summary>
    Task<KeyChange> PromoteAsync(string learningKey, int? version, Attribution by, CancellationToken cancellationToken = default);

    /// <summary>Makes a version current and keeps it so.</summary>
    Task<KeyChange> PinAsync(string learningKey, int version, Attribution by, CancellationToken cancellationToken = default);

    /// <summary>Takes a pin away.</summary>
    Task<KeyChange> UnpinAsync(string learningKey, Attribution by, CancellationToken cancellationToken = default);

    /// <summary>Puts an entry on trial: a candidate at once, one that was found harmful or of no use from the beginning.</summary>
    Task<KeyChange> TryEntryAsync(string learningKey, string entryId, Attribution by, CancellationToken cancellationToken = default);

    /// <summary>Keeps an entry from every session from the next one on.</summary>
    Task<KeyChange> WithdrawEntryAsync(string learningKey, string entryId, Attribution by, CancellationToken cancellationToken = default);

    /// <summary>Starts an experiment: from now on the key's sessions are drawn for its two arms.</summary>
    Task<ExperimentReport> StartExperimentAsync(string learningKey, ExperimentPlan plan, Attribution by, CancellationToken cancellationToken = default);

    /// <summary>Ends an experiment without a consequence.</summary>
    Task<ExperimentReport> StopExperimentAsync(string learningKey, int number, Attribution by, CancellationToken cancellationToken = default);

    /// <summary>Ends an experiment by its verdict: the better version becomes current, a harmful entry is withdrawn.</summary>
    Task<ExperimentReport> ConcludeExperimentAsync(string learningKey, int number, Attribution by, CancellationToken cancellationToken = default);

    /// <summary>The experiments of a key with what they have found so far, the newest first; of those that are over, the last ones.</summary>
    Task<ImmutableArray<ExperimentReport>> ExperimentsAsync(string learningKey, CancellationToken cancellationToken = default);

    /// <summary>Makes an earlier version's content current again, as a new version.</summary>
    Task<KeyChange> RollbackAsync(string learningKey, int version, Attribution by, CancellationToken cancellationToken = default);

    /// <summary>Makes a playbook current, as a new version; <see cref="PlaybookDocument.Import"/> reads a file of one.</summary>
    Task<KeyChange> ImportAsync(string learningKey, LearnedPlaybook playbook, Attribution by, CancellationToken cancellationToken = default);

    /// <summary>Makes a playbook that was exported and changed current, as a new version.</summary>
    Task<KeyChange> EditAsync(string learningKey, LearnedPlaybook playbook, Attribution by, CancellationToken cancellationToken = default);

    /// <summary>Forgets sessions, and what was learned from them alone, wherever the cluster stores it; or tells what that would be. Broken off, it is
    /// asked again and goes on.</summary>
    Task<ForgetOutcome> ForgetAsync(ForgetRequest request, Attribution by, CancellationToken cancellationToken = default);
}
