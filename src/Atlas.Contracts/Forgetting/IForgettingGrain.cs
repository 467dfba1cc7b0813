using Atlas.Contracts.Access;
using Atlas.Contracts.Playbooks;

namespace Atlas.Contracts.Forgetting;

/// <summary>Forgets sessions. Any number of it answers; 0 will do.</summary>
[Alias("atlas.forgetting")]
public interface IForgettingGrain : IGrainWithIntegerKey
{
    /// <summary>Takes sessions, and what was learned from them alone, out of everything that the cluster stores; or tells what that would be.</summary>
    /// <remarks>Key by key, each in one transaction: a call that was broken off is made again and goes on where the other stopped.</remarks>
    /// <exception cref="AtlasRefusedException">The request names nothing, or too little to be searched for.</exception>
    [Alias("forget")]
    [Needs(AtlasPermissions.Govern)]
    Task<ForgetOutcome> Forget(ForgetRequest request, Attribution by);
}
