using System.ComponentModel.DataAnnotations;
using Atlas.Configuration.Schema;
using Atlas.Learning.Options;

namespace Atlas.Configuration.AdaptiveTeaching;

/// <summary>The block <c>adaptive_teaching.probe</c>: the call that chooses the mode.</summary>
public sealed record ProbeOptions
{
    /// <summary>The probe's model; null uses the default.</summary>
    /// <value>The default is <c>xai/grok-4-fast</c> with <c>XAI_API_KEY</c>.</value>
    [NullMeansDefault]
    public LlmParameters Llm { get; init; } = new()
    {
        Provider = LlmProvider.XAI,
        Model = "xai/grok-4-fast",
        ApiKeyEnv = "XAI_API_KEY",
        Temperature = 0.2,
        TimeoutSeconds = 20.0,
    };

    /// <summary>The confidence each mode needs when the probe does not name a mode.</summary>
    public ProbeThresholdOptions Thresholds { get; init; } = new();

    /// <summary>The mode to use when the probe gives neither a mode nor enough confidence.</summary>
    /// <value>The default is <c>paired</c>.</value>
    public FallbackMode FallbackMode { get; init; } = FallbackMode.Paired;

    /// <summary>How many past sessions the probe sees.</summary>
    /// <value>The default is 6.</value>
    [Range(1, 32)]
    public int EvidenceLimit { get; init; } = 6;

    /// <summary>Time limit for the probe, in seconds. It takes precedence over <c>llm.timeout_seconds</c>.</summary>
    /// <value>The default is 15.0.</value>
    [Range(1d, double.MaxValue)]
    public double TimeoutSeconds { get; init; } = 15.0;
}
