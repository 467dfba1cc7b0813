namespace Atlas.Reports.Statistics;

/// <summary>What a comparison of rewards says.</summary>
public enum Verdict
{
    /// <summary>The interval of the difference holds 0, or too little was seen to have one.</summary>
    NotEnoughEvidence,

    /// <summary>The whole interval of the difference lies above 0.</summary>
    Helps,

    /// <summary>The whole interval of the difference lies below 0.</summary>
    Hurts,

    /// <summary>None: earlier sessions are compared with later ones, which says that rewards rose or fell, and not why.</summary>
    Trend,
}
