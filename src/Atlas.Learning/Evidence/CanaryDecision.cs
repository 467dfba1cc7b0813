namespace Atlas.Learning.Evidence;

/// <summary>The decision on a version that is on trial against its parent.</summary>
public enum CanaryDecision
{
    /// <summary>The trial continues.</summary>
    GoOn,

    /// <summary>The version helps, or does not harm: all sessions get it.</summary>
    Promote,

    /// <summary>The version harms: all sessions get its parent.</summary>
    RollBack,

    /// <summary>The trial ended without a finding: the parent stays.</summary>
    KeepParent,
}

/// <summary>Decisions on versions; “shown” means that a session got the new one.</summary>
public static class CanaryDecisions
{
    /// <summary>Returns the decision now.</summary>
    /// <param name="evidence">The evidence for the new version against its parent.</param>
    /// <param name="wasRead">Whether a person wrote or read the version. An unread version is rolled back on less evidence: losing a good
    /// one costs only time.</param>
    /// <param name="options">Bounds.</param>
    public static CanaryDecision Of(TrialEvidence evidence, bool wasRead, EvidenceOptions options)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        ArgumentNullException.ThrowIfNull(options);
        if (evidence.Counts.IsImpossible)
        {
            return CanaryDecision.GoOn;
        }

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
