namespace Atlas.Learning.Evidence;

/// <summary>What becomes of a version that is being tried against its parent.</summary>
public enum CanaryDecision
{
    /// <summary>It is tried on.</summary>
    GoOn,

    /// <summary>It helps, or does not harm: all sessions get it.</summary>
    Promote,

    /// <summary>It harms: all sessions get its parent.</summary>
    RollBack,

    /// <summary>Nothing was found in all the time it had: the parent stays.</summary>
    KeepParent,
}

/// <summary>Decisions on versions; “shown” means that a session was given the new one.</summary>
public static class CanaryDecisions
{
    /// <summary>The decision now.</summary>
    /// <param name="evidence">Of the new version against its parent.</param>
    /// <param name="wasRead">Whether a person wrote or read the version. One that nobody read is rolled back at less evidence: a good one
    /// that is lost by that costs time only.</param>
    /// <param name="options">Bounds.</param>
    public static CanaryDecision Of(TrialEvidence evidence, bool wasRead, EvidenceOptions options)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        ArgumentNullException.ThrowIfNull(options);
        if (evidence.LogHarm() >= Math.Log(wasRead ? options.Withdraw : Math.Min(options.Prove, options.Withdraw)))
        {
            return CanaryDecision.RollBack;
        }

        var proof = Math.Log(options.Prove);
        return evidence.LogHelp() >= proof || evidence.LogHelp(options.Margin) >= proof ? CanaryDecision.Promote
            : evidence.Sessions >= options.CanarySessions ? CanaryDecision.KeepParent
            : CanaryDecision.GoOn;
    }
}
