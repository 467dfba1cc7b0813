using Atlas.Grains.Playbooks;
using Orleans.Concurrency;

namespace Atlas.Grains.Copies;

/// <summary>The side of a learning key that lends its playbook to silos, and draws for sessions.</summary>
[Alias("atlas.playbook-owner")]
internal interface IPlaybookOwner : IGrainWithStringKey
{
    /// <summary>Gives the current playbook, and promises not to make a newer one current before the silo has let go of its copy
    /// or the time is over.</summary>
    /// <param name="holder">The silo that will hold the copy.</param>
    [AlwaysInterleave]
    [Alias("lend")]
    ValueTask<PlaybookLoan> Lend(SiloAddress holder);

    /// <summary>What a session that starts now is given: the draws for it, from memory.</summary>
    /// <param name="unit">The unit of randomisation; the same one is given the same as long as nothing is learned in between.</param>
    /// <param name="identity">The task's identity; null if it is unknown.</param>
    /// <param name="task">The task's text, in which cues are looked for.</param>
    [AlwaysInterleave]
    [Alias("assign")]
    ValueTask<AssignedPlaybook> Assign(string unit, string? identity, string task);
}
