using System.Text.Json.Serialization;
using Atlas.Domain;

namespace Atlas.Learning.History;

/// <summary>The figures over all past sessions of a key, kept up to date one session at a time.</summary>
/// <remarks>Immutable and of constant size. It is part of a key's state, so that no session has to read all earlier ones.</remarks>
public sealed record RollingHistory
{
    /// <summary>The score from which a session counts as high.</summary>
    public const double HighScore = 0.8;

    /// <summary>The score up to which a session counts as low.</summary>
    public const double LowScore = 0.4;

    public static RollingHistory Empty { get; } = new();

    /// <summary>All sessions, with and without a score.</summary>
    public long TotalCount { get; init; }

    /// <summary>Sessions with a score.</summary>
    public long ScoreCount { get; init; }

    public double ScoreSum { get; init; }

    /// <summary>How many of the newest scores in a row were high. Sessions without a score do not break it.</summary>
    public long HighStreak { get; init; }

    /// <summary>How many of the newest scores in a row were low. Sessions without a score do not break it.</summary>
    public long LowStreak { get; init; }

    /// <summary>Mean of all scores; null if there is none.</summary>
    [JsonIgnore]
    public double? AverageScore => ScoreCount > 0 ? ScoreSum / ScoreCount : null;

    /// <summary>Returns the figures with one more session.</summary>
    /// <param name="score">Its score; null, or anything not finite, for none.</param>
    public RollingHistory Add(double? score) => score is not { } value || !double.IsFinite(value)
        ? this with { TotalCount = TotalCount + 1 }
        : this with
        {
            TotalCount = TotalCount + 1,
            ScoreCount = ScoreCount + 1,
            ScoreSum = Finite.Held(ScoreSum + value),
            HighStreak = value >= HighScore ? HighStreak + 1 : 0,
            LowStreak = value <= LowScore ? LowStreak + 1 : 0,
        };

    /// <summary>Returns the figures without a counted session, for example because it was quarantined.</summary>
    /// <param name="score">The score it was counted with.</param>
    /// <param name="remaining">The newest remaining scores, oldest first, from which the streaks are computed.</param>
    public RollingHistory Remove(double? score, IEnumerable<double> remaining)
    {
        ArgumentNullException.ThrowIfNull(remaining);
        var recent = remaining.Aggregate(Empty, (history, value) => history.Add(value));
        var scored = score is { } given && double.IsFinite(given) && ScoreCount > 0;
        return this with
        {
            TotalCount = Math.Max(TotalCount - 1, 0),
            ScoreCount = scored ? ScoreCount - 1 : ScoreCount,
            ScoreSum = !scored ? ScoreSum : ScoreCount == 1 ? 0 : Finite.Held(ScoreSum - score!.Value),
            HighStreak = recent.HighStreak,
            LowStreak = recent.LowStreak,
        };
    }
}
