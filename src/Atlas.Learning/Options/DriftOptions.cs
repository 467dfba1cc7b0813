using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Atlas.Domain;

namespace Atlas.Learning.Options;

/// <summary>The block <c>runtime_safety.drift</c>.</summary>
public sealed record DriftOptions
{
    /// <summary>Whether rewards are compared with those before them.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool Enabled { get; init; } = true;

    /// <summary>What tells that rewards have become lower: <c>alarm</c> watches the key over many sessions and hides none; <c>z_score</c>, the
    /// original's, judges each session by itself and keeps one that is far off from teaching until it is reviewed. Where
    /// <c>learning.evidence.enabled</c> is false, it is always <c>z_score</c>.</summary>
    /// <value>The default is <see cref="DriftDetectorKind.Alarm"/>.</value>
    public DriftDetectorKind Detector { get; init; }

    /// <summary>How many sessions the baseline holds.</summary>
    [Range(1, 1000)]
    public int Window { get; init; } = 50;

    /// <summary>From which z value, in either direction, a reward is an alert.</summary>
    [Range(0d, double.MaxValue)]
    public double ZThreshold { get; init; } = 3.0;

    /// <summary>Sessions the baseline needs before anything can be an alert.</summary>
    [Range(0, 1000)]
    public int MinBaseline { get; init; } = 5;

    /// <summary>Where all rewards of the baseline are equal there is no z value; a score further away than this is an alert
    /// then. Null: a constant history never alerts.</summary>
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
