namespace Atlas.Reports.Statistics;

/// <summary>The verdict on a comparison of rewards.</summary>
public enum Verdict
{
    /// <summary>The interval of the difference contains 0, or there is too little data for one.</summary>
    NotEnoughEvidence,

    /// <summary>The whole interval of the difference is above 0.</summary>
    Helps,

    /// <summary>The whole interval of the difference is below 0.</summary>
    Hurts,

    /// <summary>No verdict: earlier sessions are compared with later ones, which shows that rewards rose or fell, but not why.</summary>
    Trend,
}
