using System.Collections.Immutable;
using Atlas.Contracts.Forgetting;
using Atlas.Contracts.Playbooks;

namespace Atlas.Grains.Calls;

/// <summary>The interface of a learning key for forgetting.</summary>
[Alias("atlas.forgetting-key")]
internal interface IForgettingKey : IGrainWithStringKey
{
    /// <summary>Forgets sessions of this key. Repeating it does nothing.</summary>
    /// <param name="sessions">The sessions.</param>
    /// <param name="subject">A text that must not appear anywhere in the key any more; null for none.</param>
    /// <param name="by">Who forgets, and why.</param>
    /// <param name="dryRun">Whether to report only what would be forgotten.</param>
    [Alias("forget")]
    [ResponseTimeout("00:01:00")]
    Task<ForgottenKey> Forget(ImmutableArray<long> sessions, string? subject, Attribution by, bool dryRun);
}
