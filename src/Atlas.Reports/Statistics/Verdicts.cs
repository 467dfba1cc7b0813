namespace Atlas.Reports.Statistics;

/// <summary>Describes verdicts in words.</summary>
public static class Verdicts
{
    extension(Verdict verdict)
    {
        /// <summary><c>helps</c>, <c>hurts</c>, <c>a trend</c> or <c>not enough evidence</c>.</summary>
        public string Words => verdict switch
        {
            Verdict.Helps => "helps",
            Verdict.Hurts => "hurts",
            Verdict.Trend => "a trend",
            _ => "not enough evidence",
        };
    }
}
