using Atlas.Domain.Experiments;

namespace Atlas.Learning.Evidence;

/// <summary>Decisions of experiments; “shown” means that a session was in the new arm.</summary>
public static class ExperimentDecisions
{
    /// <summary>Returns the decision now.</summary>
    public static ExperimentDecision Of(TrialEvidence evidence, EvidenceOptions options)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        ArgumentNullException.ThrowIfNull(options);
        var proof = Math.Log(options.Prove);

        // An assignment that lost sessions on one side allows no conclusion.
        return SampleRatio.IsBroken(evidence.Counts) ? ExperimentDecision.GoOn
            : evidence.LogHelp() >= proof ? ExperimentDecision.Better
            : evidence.LogHarm() >= proof ? ExperimentDecision.Worse
            : evidence.LogHelp(options.Margin) >= proof && evidence.LogHarm(options.Margin) >= proof ? ExperimentDecision.Equivalent
            : ExperimentDecision.GoOn;
    }
}
