using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Atlas.Domain;

namespace Atlas.Learning.Options;

/// <summary>The block <c>runtime_safety.drift</c>: when a reward looks wrong.</summary>
public sealed record DriftOptions
{
    /// <summary>Whether rewards are compared with earlier ones.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool Enabled { get; init; } = true;

    /// <summary>How a decline in rewards is detected. <c>alarm</c> watches the key over many sessions and excludes none. <c>z_score</c>,
    /// the method of the original SDK, judges each session separately and keeps an outlier from teaching until it is reviewed. If
    /// <c>learning.evidence.enabled</c> is false, it is always <c>z_score</c>.</summary>
    /// <value>The default is <see cref="DriftDetectorKind.Alarm"/>.</value>
    public DriftDetectorKind Detector { get; init; }

    /// <summary>How many sessions the baseline covers.</summary>
    [Range(1, 1000)]
    public int Window { get; init; } = 50;

    /// <summary>Z value, in either direction, from which a reward raises an alert.</summary>
    [Range(0d, double.MaxValue)]
    public double ZThreshold { get; init; } = 3.0;

    /// <summary>How many sessions the baseline needs before anything can raise an alert.</summary>
    [Range(0, 1000)]
    public int MinBaseline { get; init; } = 5;

    /// <summary>If all rewards of the baseline are equal, there is no z value, and a score further away than this raises an alert. Null: a
    /// constant history never raises an alert.</summary>
    /// <value>The default is 0.05.</value>
    [Range(0d, 1d)]
    public double? ConstantHistoryFloor { get; init; } = 0.05;
}

/// <summary>What tells that rewards have become lower.</summary>
[JsonConverter(typeof(WireNameConverter<DriftDetectorKind>))]
public enum DriftDetectorKind
{
    /// <summary>The e-detector of <c>learning.evidence</c>, over the key's sessions.</summary>
    Alarm = 0,

    /// <summary>A z value per session.</summary>
    ZScore = 1,
}
