namespace Atlas.Learning.Evidence;

/// <summary>What the evidence says of an entry now.</summary>
public enum EvidenceFinding
{
    /// <summary>Nothing yet.</summary>
    Open,

    /// <summary>It may harm: a reason to look closer, and no more.</summary>
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
    /// <summary>The first that holds of: harmful, helps, no use, not harmful, suspect.</summary>
    public static EvidenceFinding Of(TrialEvidence evidence, EvidenceOptions options)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        ArgumentNullException.ThrowIfNull(options);
        var harm = evidence.LogHarm();
        var proof = Math.Log(options.Prove);
        return harm >= Math.Log(options.Withdraw) ? EvidenceFinding.Harmful
            : evidence.LogHelp() >= proof ? EvidenceFinding.Helps
            : evidence.LogHarm(options.Margin) >= proof ? EvidenceFinding.NoUse
            : evidence.LogHelp(options.Margin) >= proof ? EvidenceFinding.NotHarmful
            : harm >= Math.Log(options.Suspect) ? EvidenceFinding.Suspect
            : EvidenceFinding.Open;
    }

    /// <summary>The finding that decides where an entry stands: <see cref="Of"/>, but for an entry of no use that seems to do harm.</summary>
    /// <remarks>To be retired would end its trial, and nobody would ever know that it harms: of no use is proven long before harmful is. So
    /// it is suspect while the evidence leans to harm, for as many sessions as nine of ten entries take that do harm of twice the margin.</remarks>
    public static EvidenceFinding Deciding(TrialEvidence evidence, EvidenceOptions options)
    {
        var finding = Of(evidence, options);
        return finding is EvidenceFinding.NoUse && evidence.LogHarm() >= 0 && evidence.Sessions < Patience(evidence, options) ? EvidenceFinding.Suspect : finding;
    }

    /// <summary>Half of such entries are found out in as many sessions as are needed; nine of ten in not twice as many.</summary>
    private static double Patience(TrialEvidence evidence, EvidenceOptions options) => 1.75 * SessionsNeeded.For(
        2 * options.Margin, options.ProvisionalShare, Math.Min(evidence.Variance, SessionsNeeded.LargestVariance), options.Withdraw);
}
