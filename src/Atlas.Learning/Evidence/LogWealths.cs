namespace Atlas.Learning.Evidence;

/// <summary>The log-wealths of four bets in one direction.</summary>
internal readonly record struct LogWealths(decimal Bet1, decimal Bet2, decimal Bet3, decimal Bet4)
{
    private static readonly double[] Bets = [0.1, 0.2, 0.4, 0.8];
    private static readonly double LogCount = Math.Log(4);

    /// <summary>Returns what a score from −1 to 1 adds.</summary>
    public static LogWealths Of(double score) => new(
        ExactSum.Log1P(Bets[0] * score), ExactSum.Log1P(Bets[1] * score), ExactSum.Log1P(Bets[2] * score), ExactSum.Log1P(Bets[3] * score));

    public static LogWealths operator +(LogWealths left, LogWealths right) =>
        new(left.Bet1 + right.Bet1, left.Bet2 + right.Bet2, left.Bet3 + right.Bet3, left.Bet4 + right.Bet4);

    public static LogWealths operator -(LogWealths left, LogWealths right) =>
        new(left.Bet1 - right.Bet1, left.Bet2 - right.Bet2, left.Bet3 - right.Bet3, left.Bet4 - right.Bet4);

    /// <summary>Returns the logarithm of the bets' mean wealth, with <paramref name="head"/> (weight times margin) in favor of
    /// each.</summary>
    public double LogMean(double head)
    {
        var a = (double)Bet1 + (Bets[0] * head);
        var b = (double)Bet2 + (Bets[1] * head);
        var c = (double)Bet3 + (Bets[2] * head);
        var d = (double)Bet4 + (Bets[3] * head);
        var top = Math.Max(Math.Max(a, b), Math.Max(c, d));
        return top + Math.Log(Math.Exp(a - top) + Math.Exp(b - top) + Math.Exp(c - top) + Math.Exp(d - top)) - LogCount;
    }
}
