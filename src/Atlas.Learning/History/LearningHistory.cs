using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Atlas.Domain;
using Atlas.Domain.Json;
using Atlas.Learning.Text;

namespace Atlas.Learning.History;

/// <summary>A summary of the past sessions of a learning key. On the wire this is <c>metadata.learning_history</c>.</summary>
public sealed record LearningHistory
{
    private const int MaxNoteLength = 1024;
    private static readonly string[] BulkyRewardKeys = ["raw", "step_artifacts", "artifacts"];

    /// <summary>The newest sessions, oldest first; at most <see cref="Limit"/>.</summary>
    public ImmutableArray<HistoryEntry> Entries { get; init; } = [];

    /// <summary>Number of <see cref="Entries"/>.</summary>
    public int Count { get; init; }

    /// <summary>Number of all past sessions.</summary>
    public long TotalCount { get; init; }

    /// <summary>The scores of <see cref="Entries"/>, oldest first; null if there is none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableArray<double>? Scores { get; init; }

    /// <summary>Mean of <see cref="Scores"/>; null if there is none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? AverageScore { get; init; }

    /// <summary>How many of the newest <see cref="Scores"/> in a row are at least 0.8; null in an empty history.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? RecentHighScoreStreak { get; init; }

    /// <summary>How many of the newest <see cref="Scores"/> in a row are at most 0.4; null in an empty history.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? RecentLowScoreStreak { get; init; }

    /// <summary>Mean over all past sessions with a score; null if there is none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? OverallAverageScore { get; init; }

    /// <summary>The limit that was used; null in an empty history.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Limit { get; init; }

    /// <summary>Summarises all past sessions of a key.</summary>
    /// <param name="records">All of them, oldest first. Quarantined ones are skipped.</param>
    /// <param name="limit">How many of the newest are kept, see <see cref="HistoryLimit"/>.</param>
    public static LearningHistory Of(IEnumerable<HistoryRecord> records, int limit)
    {
        ArgumentNullException.ThrowIfNull(records);
        HistoryRecord[] all = [.. Countable(records)];
        return Build(all, limit, all.Aggregate(RollingHistory.Empty, (totals, record) => totals.Add(ScoreOf(record))));
    }

    /// <summary>Creates a history of scores and figures alone, as in <c>metadata.learning_history</c> of a session: the notes are stored
    /// with their own sessions.</summary>
    /// <param name="past">The rewards of the key.</param>
    /// <param name="limit">How many of the newest are kept, see <see cref="HistoryLimit"/>.</param>
    public static LearningHistory Of(RewardBaseline past, int limit)
    {
        ArgumentNullException.ThrowIfNull(past);
        return Of(
            (past.Sessions.IsDefault ? [] : past.Sessions).Select(sample => new HistoryRecord { Reward = JsonSerializer.SerializeToElement(new { score = sample.Score }) }),
            limit,
            new RollingHistory { TotalCount = past.TotalCount, ScoreCount = past.ScoreCount, ScoreSum = past.ScoreSum });
    }

    /// <summary>Does the same without reading all past sessions.</summary>
    /// <param name="newest">At least the newest <paramref name="limit"/> sessions that are not quarantined, oldest first.</param>
    /// <param name="limit">How many of the newest are kept.</param>
    /// <param name="totals">The figures over all sessions.</param>
    public static LearningHistory Of(IEnumerable<HistoryRecord> newest, int limit, RollingHistory totals)
    {
        ArgumentNullException.ThrowIfNull(newest);
        ArgumentNullException.ThrowIfNull(totals);
        return Build([.. Countable(newest)], limit, totals);
    }

    /// <summary>Returns the same figures with fewer entries, for a reader who needs no more.</summary>
    /// <param name="entries">How many of the newest entries stay, at least 0.</param>
    public LearningHistory WithNewest(int entries)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(entries);
        return this with { Entries = Entries.Length <= entries ? Entries : Entries[^entries..] };
    }

    /// <summary>Returns the score of a past session: a finite number, or null.</summary>
    public static double? ScoreOf(HistoryRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        return RewardOf(record) is { } reward
            && JsonRead.TryGet(reward, "score", out var score)
            && score.ValueKind == JsonValueKind.Number
                ? JsonRead.Number(score)
                : null;
    }

    private static IEnumerable<HistoryRecord> Countable(IEnumerable<HistoryRecord> records) =>
        records.Where(record => WireName.ReadOrNull<ReviewStatus>(record.ReviewStatus) is not ReviewStatus.Quarantined);

    private static LearningHistory Build(HistoryRecord[] records, int limit, RollingHistory totals)
    {
        if (totals.TotalCount == 0)
        {
            return new LearningHistory();
        }

        limit = Math.Clamp(limit, 1, HistoryLimit.Largest);
        var kept = records[^Math.Min(limit, records.Length)..];
        var scores = kept.Select(ScoreOf).OfType<double>().ToImmutableArray();
        var streaks = scores.Aggregate(RollingHistory.Empty, (recent, score) => recent.Add(score));
        return new LearningHistory
        {
            Entries = [.. kept.Select(Trimmed)],
            Count = kept.Length,
            TotalCount = totals.TotalCount,
            Scores = scores.IsEmpty ? null : scores,
            AverageScore = scores.IsEmpty ? null : Finite.OrNull(scores.Average()),
            RecentHighScoreStreak = (int)streaks.HighStreak,
            RecentLowScoreStreak = (int)streaks.LowStreak,
            OverallAverageScore = totals.AverageScore,
            Limit = limit,
        };
    }

    private static HistoryEntry Trimmed(HistoryRecord record) => new()
    {
        Reward = RewardOf(record) is { } reward ? WithoutBulk(reward) : null,
        StudentLearning = Shortened(record.StudentLearning),
        TeacherLearning = Shortened(record.TeacherLearning),
        CreatedAt = record.CreatedAt,
        CompletedAt = record.CompletedAt,
    };

    private static JsonElement? RewardOf(HistoryRecord record) =>
        record.Reward is { } given && JsonRead.Unwrap(given) is { ValueKind: JsonValueKind.Object } reward ? reward : null;

    private static JsonElement WithoutBulk(JsonElement reward)
    {
        var kept = new OrderedDictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var member in reward.EnumerateObject())
        {
            if (!BulkyRewardKeys.Contains(member.Name, StringComparer.Ordinal))
            {
                kept[member.Name] = member.Value;
            }
        }

        return JsonSerializer.SerializeToElement(kept, AtlasJson.Options);
    }

    private static string? Shortened(string? note) =>
        note is null || PythonText.Length(note) <= MaxNoteLength ? note : PythonText.Take(note, MaxNoteLength) + "...";
}
