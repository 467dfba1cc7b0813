using System.Text.Json.Serialization;

namespace Atlas.Learning.Evidence;

/// <summary>All that the sessions of a randomised switch say about its effect, in a size that does not grow with them.</summary>
/// <remarks>
/// Four bets that being shown helps, four that it harms. Their mean wealth is an <em>e-value</em>: where there is no effect it
/// ever reaches x with a probability of at most 1/x, whenever and however often one looks. It adds up exactly (<see cref="ExactSum"/>): any
/// order of sessions gives the same state to the last digit, and <see cref="Remove(TrialObservation)"/> leaves no trace.
/// Immutable.
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

    /// <summary>Mean reward with less mean reward without, −1 to 1; null without a session on both sides. Describes; the effect
    /// that <see cref="ConfidenceSequence"/> bounds is <see cref="Effect"/>.</summary>
    public double? MeanDifference => Shown > 0 && Held > 0 ? (double)(ShownSum / Shown) - (double)(HeldSum / Held) : null;

    /// <summary>The estimate of the average effect of the sessions so far, weighted as the interval is, −1 to 1; null without a
    /// session on both sides. Unlike the difference of means it stays right when shares, tasks or times change.</summary>
    public double? Effect => Shown > 0 && Held > 0 ? Math.Clamp((double)(ScoreSum / WeightSum), -1, 1) : null;

    /// <summary>How far rewards lie from what was expected of their tasks, squared, on average: 0 to 1; 0.25, the most that rewards
    /// of 0 and 1 around one half have, weighs like four sessions more.</summary>
    public double Variance => ((double)SquareSum + (4 * 0.25)) / (Sessions + 4);

    /// <summary>With one session more.</summary>
    public TrialEvidence Add(TrialObservation observation) => With(Of(observation), 1);

    /// <summary>Without a session that was added, as if it had never been.</summary>
    public TrialEvidence Remove(TrialObservation observation) => With(Of(observation), -1);

    /// <summary>The evidence of both together: wealth multiplies, since both were drawn independently. For equal words in several keys.</summary>
    public TrialEvidence Merge(TrialEvidence other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return With(other, 1);
    }

    /// <summary>Without evidence that was merged in.</summary>
    public TrialEvidence Without(TrialEvidence other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return With(other, -1);
    }

    /// <summary>All evidence together.</summary>
    public static TrialEvidence Pool(IEnumerable<TrialEvidence> parts) => parts.Aggregate(None, (sum, part) => sum.Merge(part));

    /// <summary>The logarithm of the e-value against “the average effect is at most −<paramref name="margin"/>”.</summary>
    /// <param name="margin">0: that it helps; above 0: that it harms by less than that; below 0: that it helps by more than that.</param>
    public double LogHelp(double margin = 0) => Up.LogMean(Weight * margin);

    /// <summary>The logarithm of the e-value against “the average effect is at least <paramref name="margin"/>”.</summary>
    /// <param name="margin">0: that it harms; above 0: that it helps by less than that; below 0: that it harms by more than that.</param>
    public double LogHarm(double margin = 0) => Down.LogMean(Weight * margin);

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
