using Atlas.Learning.Compatibility;

namespace Atlas.Learning.Impact;

/// <summary>How the outcomes of sessions are counted.</summary>
public sealed record ImpactOptions
{
    /// <summary>The number of incidents, and of tags, that an entry remembers.</summary>
    /// <value>The default is 50.</value>
    public int MaxIncidents { get; init; } = 50;

    internal ReferenceRules Rules { get; init; } = ReferenceRules.None;
}
