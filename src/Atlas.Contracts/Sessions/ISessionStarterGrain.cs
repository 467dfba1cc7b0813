using Atlas.Contracts.Access;

namespace Atlas.Contracts.Sessions;

/// <summary>Starts sessions, on any silo. The grain's key is 0.</summary>
[Alias("atlas.session-starter")]
public interface ISessionStarterGrain : IGrainWithIntegerKey
{
    /// <summary>Stores a new session and resolves its playbook.</summary>
    /// <remarks>If a session with the same <see cref="StartSession.ExternalId"/> exists, returns that session.</remarks>
    [Alias("start")]
    [Needs(AtlasPermissions.Record)]
    Task<SessionStarted> Start(StartSession request, CancellationToken cancellationToken = default);
}
