using System.ComponentModel.DataAnnotations;

namespace Atlas.Configuration.AdaptiveTeaching;

/// <summary>The block <c>adaptive_teaching.probe.thresholds</c>: <c>auto</c> ≥ <c>paired</c> ≥ <c>coach</c>.</summary>
public sealed record ProbeThresholdOptions
{
    /// <summary>Confidence from which a session runs without the teacher.</summary>
    /// <value>The default is 0.85.</value>
    [Range(0d, 1d)]
    public double Auto { get; init; } = 0.85;

    /// <summary>Confidence from which it runs as <c>paired</c>.</summary>
    /// <value>The default is 0.65.</value>
    [Range(0d, 1d)]
    public double Paired { get; init; } = 0.65;

    /// <summary>Confidence from which it runs as <c>coach</c>. Below it, <c>fallback_mode</c> decides.</summary>
    /// <value>The default is 0.35.</value>
    [Range(0d, 1d)]
    public double Coach { get; init; } = 0.35;
}
