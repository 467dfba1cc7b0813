using System.Collections.Immutable;
using Atlas.Contracts.Forgetting;
using Atlas.Contracts.Playbooks;

namespace Atlas.Grains.Calls;

/// <summary>The side of a learning key that forgets.</summary>
[Alias("atlas.forgetting-key")]
internal interface IForgettingKey : IGrainWithStringKey
{
    /// <summary>Forgets sessions of this key: done again it does nothing.</summary>
    /// <param name="sessions">The sessions.</param>
    /// <param name="subject">A text that nothing of the key may say any more; null for none.</param>
    /// <param name="by">Who forgets, and why.</param>
    /// <param name="dryRun">Whether it is only told what would be forgotten.</param>
    [Alias("forget")]
    Task<ForgottenKey> Forget(ImmutableArray<long> sessions, string? subject, Attribution by, bool dryRun);
}
