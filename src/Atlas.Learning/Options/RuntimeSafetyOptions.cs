using System.ComponentModel.DataAnnotations;

namespace Atlas.Learning.Options;

/// <summary>The block <c>runtime_safety</c>: which sessions may teach, and when a reward looks wrong.</summary>
public sealed record RuntimeSafetyOptions
{
    /// <summary>When a reward looks wrong.</summary>
    public DriftOptions Drift { get; init; } = new();

    /// <summary>What needs a person's approval.</summary>
    public ReviewOptions Review { get; init; } = new();

    /// <summary>Seconds without a sign of life after which a running session is closed as failed, because its runtime is considered dead; 0
    /// means never. You can choose another number when you start a session.</summary>
    /// <value>The default is 900.</value>
    [Range(0, 604_800)]
    public int SessionLeaseSeconds { get; init; } = 900;
}
