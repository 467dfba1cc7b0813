namespace Atlas.Learning.Impact;

/// <summary>How outcomes of sessions are counted.</summary>
public sealed record ImpactOptions
{
    /// <summary>Incidents, and tags, that an entry remembers.</summary>
    /// <value>The default is 50.</value>
    public int MaxIncidents { get; init; } = 50;

    /// <summary>Counts incidents, retries and failures also for entries that were not hit, and counts entries in the session
    /// they were born in.</summary>
    internal bool CountEverySession { get; init; }
}
