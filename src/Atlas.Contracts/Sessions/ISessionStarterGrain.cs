using Atlas.Contracts.Access;

namespace Atlas.Contracts.Sessions;

/// <summary>Opens sessions. Any silo does it; the grain's key is 0.</summary>
[Alias("atlas.session-starter")]
public interface ISessionStarterGrain : IGrainWithIntegerKey
{
    /// <summary>Stores a new session and resolves the playbook it is to use.</summary>
    /// <remarks>With an <see cref="StartSession.ExternalId"/> that was used before, the session of that time is returned.</remarks>
    [Alias("start")]
    [Needs(AtlasPermissions.Record)]
    Task<SessionStarted> Start(StartSession request, CancellationToken cancellationToken = default);
}
