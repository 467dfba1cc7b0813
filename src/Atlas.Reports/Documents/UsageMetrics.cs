namespace Atlas.Reports.Documents;

/// <summary>How often the playbook's cues matched and its tools were used, over all sessions of the report.</summary>
public sealed record UsageMetrics
{
    public long CueTriggers { get; init; }

    public long CueTriggerSessions { get; init; }

    public long UniqueCueSteps { get; init; }

    public long AdoptionEvents { get; init; }

    public long SuccessfulAdoptions { get; init; }

    /// <summary>Successful adoptions per adoption. Can exceed 1, because a use that fits two entries is one event. Null without
    /// adoptions.</summary>
    public double? AdoptionRate { get; init; }

    /// <summary>Sessions with a cue per session.</summary>
    public double? CueTriggerRate { get; init; }
}
