using Atlas.Contracts.Playbooks;
using Atlas.Contracts.Review;
using Atlas.Contracts.Sessions;

namespace Atlas.Client;

/// <summary>What an application asks of Atlas. Safe for use by many threads.</summary>
/// <remarks>Every method throws <see cref="Contracts.AtlasRefusedException"/> for a request that breaks a rule, and
/// <see cref="Contracts.AtlasUnavailableException"/> if cluster or database cannot be reached; the latter may be sent again.</remarks>
public interface IAtlasClient : IAsyncDisposable
{
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

    /// <summary>Makes an earlier version's content current again, as a new version.</summary>
    Task<KeyChange> RollbackAsync(string learningKey, int version, Attribution by, CancellationToken cancellationToken = default);

    /// <summary>Makes an exported playbook current, as a new version.</summary>
    Task<KeyChange> ImportAsync(string learningKey, string playbookJson, Attribution by, CancellationToken cancellationToken = default);

    /// <summary>Makes an exported playbook that somebody changed current, as a new version.</summary>
    Task<KeyChange> EditAsync(string learningKey, string playbookJson, Attribution by, CancellationToken cancellationToken = default);
}
