using System.ComponentModel.DataAnnotations;

namespace Atlas.Learning.Options;

/// <summary>The block <c>learning.pruning_config</c>: when an entry is pruned because of its figures. They reflect how hard the tasks are
/// in which its cue appears, so they count only if <c>learning.evidence.enabled</c> is false; otherwise trials decide.</summary>
public sealed record PruningOptions
{
    /// <summary>How many sessions an entry is observed for before it is judged.</summary>
    [Range(1, 100)]
    public int MinSessions { get; init; } = 10;

    /// <summary>Share of sessions in which the entry's cue must fire.</summary>
    [Range(0d, 1d)]
    public double MinCueHitRate { get; init; } = 0.05;

    /// <summary>Smallest gain in reward that counts as a gain.</summary>
    [Range(-1d, 1d)]
    public double MinRewardDelta { get; init; } = 0.01;

    /// <summary>Number of sessions after which an entry must have helped in at least two incidents.</summary>
    [Range(1, 100)]
    public int MinTransferSessions { get; init; } = 20;
}
