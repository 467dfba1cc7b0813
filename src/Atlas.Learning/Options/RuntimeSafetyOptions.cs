using System.ComponentModel.DataAnnotations;

namespace Atlas.Learning.Options;

/// <summary>The block <c>runtime_safety</c>: what may teach, and when a reward looks wrong.</summary>
public sealed record RuntimeSafetyOptions
{
    /// <summary>When a reward looks wrong.</summary>
    public DriftOptions Drift { get; init; } = new();

    /// <summary>What needs a person's approval.</summary>
    public ReviewOptions Review { get; init; } = new();

    /// <summary>Seconds without a sign of life after which a running session is closed as failed, its runtime being dead; 0
    /// means never. Whoever starts a session may choose another number for it.</summary>
    /// <value>The default is 900.</value>
    [Range(0, 604_800)]
    public int SessionLeaseSeconds { get; init; } = 900;
}
