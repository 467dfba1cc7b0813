using System.Collections.Immutable;
using Atlas.Learning.Evidence;

namespace Atlas.Learning.Rewards;

/// <summary>What a fixed panel of past sessions shows about the judge: whether it agrees with outcomes, and whether it judges as it did
/// before.</summary>
public sealed record JudgeFigures
{
    /// <summary>The fewest sessions for bounds.</summary>
    public const int Fewest = 10;

    /// <summary>Number of sessions of the panel about which the judge was asked.</summary>
    public required int Sessions { get; init; }

    /// <summary>Total number of answers.</summary>
    public required int Answers { get; init; }

    /// <summary>How its newest answers agree with the sessions' own rewards; null if no session brought one.</summary>
    public required JudgeAgreement? Agreement { get; init; }

    /// <summary>How its answers about the same sessions have changed; null if it was asked about none twice.</summary>
    public required JudgeDrift? Drift { get; init; }

    /// <summary>Computes the figures of a panel; null for one without an answer.</summary>
    public static JudgeFigures? Of(IReadOnlyCollection<PanelSession> panel)
    {
        ArgumentNullException.ThrowIfNull(panel);
        var asked = panel.Where(session => !session.Answers.IsDefaultOrEmpty).ToList();
        return asked.Count == 0 ? null : new JudgeFigures
        {
            Sessions = asked.Count,
            Answers = asked.Sum(session => session.Answers.Length),
            Agreement = JudgeAgreement.Of([.. asked.Where(session => session.Outcome is not null).Select(session => (session.Outcome!.Value, session.Answers[^1].Score))]),
            Drift = JudgeDrift.Of(asked),
        };
    }

    /// <summary>Returns bounds of a mean that are valid at every look; null for too few values.</summary>
    internal static ConfidenceSequence? Bounds(IReadOnlyCollection<double> values, double mean)
    {
        if (values.Count < Fewest)
        {
            return null;
        }

        // Values that are all equal have an unknown spread, not none: assume one more that differs by a tenth.
        var variance = (values.Sum(value => (value - mean) * (value - mean)) + 0.01) / (values.Count - 1);
        return AlwaysValidInterval.Within(AlwaysValidInterval.Of(mean, Math.Sqrt(variance / values.Count), information: 1 / 0.0025));
    }
}

/// <summary>How a judge agrees with outcomes.</summary>
/// <param name="Sessions">The number of sessions that have both.</param>
/// <param name="SameSide">The share in which both are on the same side of one half, 0 to 1.</param>
/// <param name="Ordered">Of the pairs of sessions with different outcomes, the share that the judge orders correctly, with an equal score
/// counting half; null if all outcomes are equal. One half is chance level.</param>
/// <param name="Difference">How much higher the judge scores on average, −1 to 1.</param>
/// <param name="Low">The lower bound of that at 95 %; null for too few sessions.</param>
/// <param name="High">The upper bound.</param>
public sealed record JudgeAgreement(int Sessions, double SameSide, double? Ordered, double Difference, double? Low, double? High)
{
    internal static JudgeAgreement? Of(ImmutableArray<(double Outcome, double Score)> both)
    {
        if (both.IsEmpty)
        {
            return null;
        }

        double[] differences = [.. both.Select(each => each.Score - each.Outcome)];
        var mean = differences.Average();
        var bounds = JudgeFigures.Bounds(differences, mean);
        return new(both.Length, both.Count(each => each.Outcome >= 0.5 == each.Score >= 0.5) / (double)both.Length, Concordance(both), mean, bounds?.Low, bounds?.High);
    }

    private static double? Concordance(ImmutableArray<(double Outcome, double Score)> both)
    {
        var (pairs, ordered) = (0, 0d);
        foreach (var better in both)
        {
            foreach (var worse in both.Where(each => each.Outcome < better.Outcome))
            {
                pairs++;
                ordered += better.Score > worse.Score ? 1 : better.Score < worse.Score ? 0 : 0.5;
            }
        }

        return pairs == 0 ? null : ordered / pairs;
    }
}

/// <summary>How a judge's answers about the same sessions have changed, from the first to the newest.</summary>
/// <param name="Sessions">The number of sessions that it was asked about at least twice.</param>
/// <param name="Since">When the oldest of the first answers was given.</param>
/// <param name="Change">The mean change of the score, −1 to 1: above 0 it has become more lenient.</param>
/// <param name="Low">The lower bound of that at 95 %, at every look; null for too few sessions.</param>
/// <param name="High">The upper bound.</param>
public sealed record JudgeDrift(int Sessions, DateTimeOffset Since, double Change, double? Low, double? High)
{
    /// <summary>Whether the judge has certainly changed.</summary>
    public bool IsSure => Low > 0 || High < 0;

    internal static JudgeDrift? Of(IEnumerable<PanelSession> panel)
    {
        var twice = panel.Where(session => session.Answers.Length > 1).ToList();
        if (twice.Count == 0)
        {
            return null;
        }

        double[] changes = [.. twice.Select(session => session.Answers[^1].Score - session.Answers[0].Score)];
        var mean = changes.Average();
        var bounds = JudgeFigures.Bounds(changes, mean);
        return new(twice.Count, twice.Min(session => session.Answers[0].At), mean, bounds?.Low, bounds?.High);
    }
}
