namespace Atlas.Learning.Options;

/// <summary>The block <c>runtime_safety</c>: what may teach, and when a reward looks wrong.</summary>
public sealed record RuntimeSafetyOptions
{
    /// <summary>When a reward looks wrong.</summary>
    public DriftOptions Drift { get; init; } = new();

    /// <summary>What needs a person's approval.</summary>
    public ReviewOptions Review { get; init; } = new();
}
