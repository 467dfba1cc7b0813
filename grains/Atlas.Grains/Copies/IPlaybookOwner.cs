using Atlas.Grains.Playbooks;
using Orleans.Concurrency;

namespace Atlas.Grains.Copies;

/// <summary>The interface of a learning key for lending its playbook to silos, and for drawing for sessions.</summary>
[Alias("atlas.playbook-owner")]
internal interface IPlaybookOwner : IGrainWithStringKey
{
    /// <summary>Returns the current playbook, and promises not to make a newer one current before the silo has dropped its copy or the time
    /// is over.</summary>
    /// <param name="holder">The silo that will hold the copy.</param>
    [AlwaysInterleave]
    [Alias("lend")]
    ValueTask<PlaybookLoan> Lend(SiloAddress holder);

    /// <summary>Returns what a session gets that starts now, with its draws, from memory.</summary>
    /// <param name="unit">The unit of randomisation; the same unit gets the same as long as nothing is learned in between.</param>
    /// <param name="identity">The task's identity; null if unknown.</param>
    /// <param name="task">The task's text, which is searched for cues.</param>
    [AlwaysInterleave]
    [Alias("assign")]
    ValueTask<AssignedPlaybook> Assign(string unit, string? identity, string task);
}
