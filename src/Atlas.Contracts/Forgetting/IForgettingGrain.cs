using Atlas.Contracts.Access;
using Atlas.Contracts.Playbooks;

namespace Atlas.Contracts.Forgetting;

/// <summary>Forgets sessions. The grain's key has no meaning; use 0.</summary>
[Alias("atlas.forgetting")]
public interface IForgettingGrain : IGrainWithIntegerKey
{
    /// <summary>Removes sessions, and what was learned from them alone, from everything that the cluster stores; or reports what would be
    /// removed.</summary>
    /// <remarks>Each learning key is a separate transaction. An interrupted call can be repeated and continues where it stopped.</remarks>
    /// <exception cref="AtlasRefusedException">The request names no sessions, text or filter, its text is too short, or the reason contains
    /// the text.</exception>
    [Alias("forget")]
    [ResponseTimeout("00:01:00")]
    [Needs(AtlasPermissions.Govern)]
    Task<ForgetOutcome> Forget(ForgetRequest request, Attribution by);
}
