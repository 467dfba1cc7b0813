namespace Atlas.Learning.Evidence;

/// <summary>What the evidence says about an entry now.</summary>
public enum EvidenceFinding
{
    /// <summary>Nothing yet.</summary>
    Open,

    /// <summary>It may harm, which is only a reason to look closer.</summary>
    Suspect,

    /// <summary>It does not harm by as much as the margin.</summary>
    NotHarmful,

    /// <summary>It does not help by as much as the margin.</summary>
    NoUse,

    /// <summary>It helps.</summary>
    Helps,

    /// <summary>It harms.</summary>
    Harmful,
}

/// <summary>Findings from evidence.</summary>
public static class EvidenceFindings
{
    private const double ForAllLooks = 0.25;

    /// <summary>Returns the first that applies of: harmful, helps, no use, not harmful, suspect.</summary>
    public static EvidenceFinding Of(TrialEvidence evidence, EvidenceOptions options)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        ArgumentNullException.ThrowIfNull(options);
        if (evidence.Shown < 0 || evidence.Held < 0)
        {
            // In a trial that was begun anew before trials had numbers, sessions of the earlier one can have been taken out.
            return EvidenceFinding.Open;
        }

        var harm = evidence.LogHarm();
        var proof = Math.Log(options.Prove);
        return harm >= Math.Log(options.Withdraw) ? EvidenceFinding.Harmful
            : evidence.LogHelp() >= proof ? EvidenceFinding.Helps
            : evidence.LogHarm(options.Margin) >= proof ? EvidenceFinding.NoUse
            : evidence.LogHelp(options.Margin) >= proof ? EvidenceFinding.NotHarmful
            : harm >= Math.Log(options.Suspect) ? EvidenceFinding.Suspect
            : EvidenceFinding.Open;
    }

    /// <summary>Returns the finding that decides an entry's state: like <see cref="Of"/>, except for an entry of no use that seems to
    /// harm.</summary>
    /// <remarks>
    /// Retiring such an entry would end its trial, and nobody would ever learn that it harms, because “no use” is proven long before
    /// “harmful”. So it stays suspect while the evidence leans towards harm, for as many sessions as nine of ten entries need that harm by
    /// twice the margin; then there is one last look. An e-value can be looked at after every session, and pays for that: one that ends at
    /// 50 proves nothing across all looks, but is far more than a proof at a single look. The error of calling a harmless entry harmful,
    /// 1/<see cref="EvidenceOptions.Withdraw"/>, is therefore split: a quarter for all looks together, by the e-value, and three quarters
    /// for the last look, by a randomisation test on the same rewards.
    /// </remarks>
    public static EvidenceFinding Deciding(TrialEvidence evidence, EvidenceOptions options)
    {
        var finding = Of(evidence, options);
        if (finding is not (EvidenceFinding.NoUse or EvidenceFinding.Harmful) || evidence.LogHarm() < 0)
        {
            return finding;
        }

        return evidence.LogHarm() >= Math.Log(options.Withdraw / ForAllLooks) ? EvidenceFinding.Harmful
            : evidence.Sessions < Patience(evidence, options) ? EvidenceFinding.Suspect
            : evidence.HarmAtOneLook <= (1 - ForAllLooks) / options.Withdraw ? EvidenceFinding.Harmful
            : EvidenceFinding.NoUse;
    }

    /// <summary>Returns the finding that decides the state of an entry that was retired, from sessions that were still running. Its one last
    /// look is over, so only the e-value can still find harm.</summary>
    internal static EvidenceFinding AfterLastLook(TrialEvidence evidence, EvidenceOptions options) =>
        Of(evidence, options) is not EvidenceFinding.Open && evidence.LogHarm() >= Math.Log(options.Withdraw / ForAllLooks) ? EvidenceFinding.Harmful : EvidenceFinding.NoUse;

    /// <summary>Half of such entries are detected within the number of sessions needed; nine of ten within less than twice that.</summary>
    private static double Patience(TrialEvidence evidence, EvidenceOptions options) => 1.75 * SessionsNeeded.For(
        2 * options.Margin, options.ProvisionalShare, Math.Min(evidence.Variance, SessionsNeeded.LargestVariance), options.Withdraw);
}
