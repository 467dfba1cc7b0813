using Orleans.Concurrency;

namespace Atlas.Grains.Copies;

/// <summary>The side of a learning key that lends its playbook to silos.</summary>
[Alias("atlas.playbook-owner")]
internal interface IPlaybookOwner : IGrainWithStringKey
{
    /// <summary>Gives the current playbook, and promises not to make a newer one current before the silo has let go of its copy
    /// or the time is over.</summary>
    /// <param name="holder">The silo that will hold the copy.</param>
    [AlwaysInterleave]
    [Alias("lend")]
    ValueTask<PlaybookLoan> Lend(SiloAddress holder);
}
