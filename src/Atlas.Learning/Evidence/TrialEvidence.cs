using System.Text.Json.Serialization;

namespace Atlas.Learning.Evidence;

/// <summary>Everything that the sessions of a randomised switch say about its effect, in a size that does not grow with them.</summary>
/// <remarks>
/// Four bets that being shown helps, and four that it harms. Their mean wealth is an <em>e-value</em>: without an effect, the probability
/// that it ever reaches x is at most 1/x, whenever and however often you look. It adds up exactly (<see cref="ExactSum"/>): any order of
/// sessions gives the same state to the last digit, and <see cref="Remove(TrialObservation)"/> leaves no trace. Immutable.
/// </remarks>
[JsonConverter(typeof(TrialEvidenceJson))]
public sealed record TrialEvidence
{
    /// <summary>No session yet.</summary>
    public static TrialEvidence None { get; } = new();

    internal LogWealths Up { get; init; }

    internal LogWealths Down { get; init; }

    internal decimal WeightSum { get; init; }

    internal decimal ScoreSum { get; init; }

    internal decimal ShownSum { get; init; }

    internal decimal HeldSum { get; init; }

    internal decimal SquareSum { get; init; }

    /// <summary>How often it was shown and withheld, by probability.</summary>
    public ShareCounts Counts { get; init; } = ShareCounts.None;

    /// <summary>Sessions that were shown it.</summary>
    public long Shown => Counts.Shown;

    /// <summary>Sessions from which it was withheld.</summary>
    public long Held => Counts.Held;

    /// <summary>Sessions counted.</summary>
    public long Sessions => Counts.Shown + Counts.Held;

    /// <summary>The sum of the sessions' weights.</summary>
    public double Weight => (double)WeightSum;

    /// <summary>Mean reward with minus mean reward without, −1 to 1; null without a session on both sides. It is descriptive; the effect
    /// that <see cref="ConfidenceSequence"/> bounds is <see cref="Effect"/>.</summary>
    public double? MeanDifference => Shown > 0 && Held > 0 ? (double)(ShownSum / Shown) - (double)(HeldSum / Held) : null;

    /// <summary>The estimated average effect of the sessions so far, weighted like the interval, −1 to 1; null without a session on both
    /// sides. Unlike the difference of means, it stays correct when shares, tasks or times change.</summary>
    public double? Effect => Shown > 0 && Held > 0 && !Counts.IsImpossible ? Math.Clamp((double)(ScoreSum / WeightSum), -1, 1) : null;

    /// <summary>The mean squared distance of rewards from those expected of their tasks, 0 to 1. The prior is 0.25, the largest variance of
    /// rewards of 0 and 1 around one half, and counts for four sessions.</summary>
    public double Variance => (Math.Max(0, (double)SquareSum) + (4 * 0.25)) / (Math.Max(0, Sessions) + 4);

    /// <summary>Returns the evidence with one more session.</summary>
    public TrialEvidence Add(TrialObservation observation) => With(Of(observation), 1);

    /// <summary>Returns the evidence without a session that was added, as if it had never been counted.</summary>
    public TrialEvidence Remove(TrialObservation observation) => With(Of(observation), -1);

    /// <summary>Combines two sets of evidence: wealth multiplies, since both were drawn independently. For equal words in several
    /// keys.</summary>
    public TrialEvidence Merge(TrialEvidence other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return With(other, 1);
    }

    /// <summary>Returns the evidence without evidence that was merged in.</summary>
    public TrialEvidence Without(TrialEvidence other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return With(other, -1);
    }

    /// <summary>Combines all evidence.</summary>
    public static TrialEvidence Pool(IEnumerable<TrialEvidence> parts) => parts.Aggregate(None, (sum, part) => sum.Merge(part));

    /// <summary>Returns the logarithm of the e-value against “the average effect is at most −<paramref name="margin"/>”.</summary>
    /// <param name="margin">0: that it helps; above 0: that it harms by less than that; below 0: that it helps by more than that.</param>
    public double LogHelp(double margin = 0) => Up.LogMean(Weight * margin);

    /// <summary>Returns the logarithm of the e-value against “the average effect is at least <paramref name="margin"/>”.</summary>
    /// <param name="margin">0: that it harms; above 0: that it helps by less than that; below 0: that it harms by more than that.</param>
    public double LogHarm(double margin = 0) => Down.LogMean(Weight * margin);

    /// <summary>The probability that draws alone produce such a low sum of scores from these rewards, 0 to 1. Valid for a single look, at a
    /// number of sessions that does not depend on the results.</summary>
    /// <remarks>Without an effect, each score is the draw's sign times the reward's distance from its expectation, so the sum is normal
    /// around 0 with a variance of at most <c>SquareSum</c>.</remarks>
    internal double HarmAtOneLook => SquareSum > 0 ? NormalTail.Above(-(double)ScoreSum / Math.Sqrt((double)SquareSum)) : 1;

    private static TrialEvidence Of(TrialObservation observation)
    {
        var reward = ExactSum.Term(observation.Y);
        var score = observation.Score;
        var miss = observation.Y - observation.M;
        return new TrialEvidence
        {
            Up = LogWealths.Of(score),
            Down = LogWealths.Of(-score),
            WeightSum = ExactSum.Term(observation.Weight),
            ScoreSum = ExactSum.Term(score),
            ShownSum = observation.Shown ? reward : 0,
            HeldSum = observation.Shown ? 0 : reward,
            SquareSum = ExactSum.Term(miss * miss),
            Counts = ShareCounts.Of(observation.P, observation.Shown),
        };
    }

    private TrialEvidence With(TrialEvidence other, int sign) => new()
    {
        Up = sign > 0 ? Up + other.Up : Up - other.Up,
        Down = sign > 0 ? Down + other.Down : Down - other.Down,
        WeightSum = WeightSum + (sign * other.WeightSum),
        ScoreSum = ScoreSum + (sign * other.ScoreSum),
        ShownSum = ShownSum + (sign * other.ShownSum),
        HeldSum = HeldSum + (sign * other.HeldSum),
        SquareSum = SquareSum + (sign * other.SquareSum),
        Counts = Counts.With(other.Counts, sign),
    };
}
