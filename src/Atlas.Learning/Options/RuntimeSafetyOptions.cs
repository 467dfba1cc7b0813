using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;

namespace Atlas.Learning.Options;

/// <summary>The block <c>runtime_safety</c>: what may teach, and when a reward looks wrong.</summary>
public sealed record RuntimeSafetyOptions
{
    /// <summary>When a reward looks wrong.</summary>
    public DriftOptions Drift { get; init; } = new();

    /// <summary>What needs a person's approval.</summary>
    public ReviewOptions Review { get; init; } = new();
}

/// <summary>The block <c>runtime_safety.drift</c>.</summary>
public sealed record DriftOptions
{
    /// <summary>Whether rewards are compared with those before them.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool Enabled { get; init; } = true;

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

/// <summary>The block <c>runtime_safety.review</c>.</summary>
public sealed record ReviewOptions
{
    /// <summary>Whether a session teaches only once somebody approved it.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool RequireApproval { get; init; } = true;

    /// <summary>Review statuses that an export takes when it is not told any; an empty list means all, and is what <c>*</c> and <c>all</c> become.</summary>
    /// <value>The default is <c>approved</c>.</value>
    public ImmutableArray<string> DefaultExportStatuses { get; init; } = ["approved"];
}
