using System.ComponentModel.DataAnnotations;

namespace Atlas.Learning.Options;

/// <summary>The block <c>learning.pruning_config</c>: when an entry is pruned for its figures. They tell how hard the tasks are in which its
/// cue shows, so they count only where <c>learning.evidence.enabled</c> is false; else trials decide.</summary>
public sealed record PruningOptions
{
    /// <summary>Sessions an entry is watched for before it is judged.</summary>
    [Range(1, 100)]
    public int MinSessions { get; init; } = 10;

    /// <summary>Share of sessions in which its cue must fire.</summary>
    [Range(0d, 1d)]
    public double MinCueHitRate { get; init; } = 0.05;

    /// <summary>Smallest gain in reward that counts as one.</summary>
    [Range(-1d, 1d)]
    public double MinRewardDelta { get; init; } = 0.01;

    /// <summary>Sessions after which an entry must have helped in at least two incidents.</summary>
    [Range(1, 100)]
    public int MinTransferSessions { get; init; } = 20;
}
