namespace Atlas.Learning.Options;

/// <summary>How much a reasoning model may think before it answers.</summary>
public enum ReasoningEffort
{
    /// <summary>Least thinking, quickest answer.</summary>
    Low,

    /// <summary>Between the two.</summary>
    Medium,

    /// <summary>Most thinking, slowest answer.</summary>
    High,
}
