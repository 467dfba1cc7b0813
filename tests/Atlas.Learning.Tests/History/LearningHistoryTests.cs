using System.Text.Json;
using Atlas.Domain;
using Atlas.Domain.Json;
using Atlas.Learning.History;
using Xunit;

namespace Atlas.Learning.Tests.History;

public sealed class LearningHistoryTests
{
    private static HistoryRecord Record(double? score, string? note = null, string? reviewStatus = null) => new()
    {
        Reward = JsonSerializer.SerializeToElement(new { score, raw = new { big = 1 }, judges = Array.Empty<int>(), artifacts = 1, step_artifacts = 2 }),
        StudentLearning = note,
        CreatedAt = "2026-01-01T00:00:00+00:00",
        ReviewStatus = reviewStatus,
    };

    [Fact]
    public void Only_the_newest_are_kept_without_their_bulk()
    {
        var history = LearningHistory.Of(new[] { 0.1, 0.2, 0.3, 0.4, 0.5 }.Select(score => Record(score, new string('x', 1124))), 3);
        Assert.Equal((3, 5L, 3), (history.Count, history.TotalCount, history.Limit));
        Assert.Equal([0.3, 0.4, 0.5], history.Scores!.Value);
        Assert.All(history.Entries, entry => Assert.Equal(new string('x', 1024) + "...", entry.StudentLearning));
        Assert.Equal(["score", "judges"], history.Entries[0].Reward!.Value.EnumerateObject().Select(member => member.Name));
    }

    [Fact]
    public void Means_and_streaks_are_of_the_kept_scores()
    {
        var history = LearningHistory.Of(new double?[] { 0.2, 0.85, 0.8, 0.9 }.Select(score => Record(score)), 3);
        Assert.Equal(0.85, history.AverageScore!.Value, 9);
        Assert.Equal(0.6875, history.OverallAverageScore!.Value, 9);
        Assert.Equal((3, 0), (history.RecentHighScoreStreak, history.RecentLowScoreStreak));
        var falling = LearningHistory.Of(new double?[] { 1.0, 0.9, 0.3 }.Select(score => Record(score)), 10);
        Assert.Equal(0.733333333, falling.AverageScore!.Value, 6);
        Assert.Equal((0, 1), (falling.RecentHighScoreStreak, falling.RecentLowScoreStreak));
    }

    [Fact]
    public void A_session_without_a_score_does_not_break_a_streak()
    {
        var history = LearningHistory.Of([Record(0.9), Record(null), new HistoryRecord(), Record(0.9)], 10);
        Assert.Equal(2, history.RecentHighScoreStreak);
        Assert.Equal(4, history.Count);
        Assert.Null(history.Entries[2].Reward);
    }

    [Fact]
    public void An_empty_history_is_three_members()
    {
        var json = JsonSerializer.Serialize(LearningHistory.Of([], 10), AtlasJson.Options);
        Assert.Equal("""{"entries":[],"count":0,"total_count":0}""", json);
    }

    [Fact]
    public void L14_quarantined_sessions_are_passed_over()
    {
        var history = LearningHistory.Of([Record(0.1, reviewStatus: " Quarantined "), Record(0.9), Record(0.9, reviewStatus: "approved")], 10);
        Assert.Equal([0.9, 0.9], history.Scores!.Value);
        Assert.Equal(2, history.TotalCount);
        Assert.Equal(0.9, history.OverallAverageScore!.Value, 9);
    }

    [Theory]
    [InlineData("{'score':true}")]
    [InlineData("{'score':'0.5'}")]
    [InlineData("[1]")]
    public void A_score_that_is_no_number_is_none(string reward) =>
        Assert.Null(LearningHistory.ScoreOf(new HistoryRecord { Reward = Build.Json(reward) }));

    [Fact]
    public void A_reward_that_is_JSON_in_a_text_is_opened() =>
        Assert.Equal(0.5, LearningHistory.ScoreOf(new HistoryRecord { Reward = JsonSerializer.SerializeToElement("{\"score\":0.5}") }));

    [Theory]
    [InlineData(null, null, 10)]
    [InlineData(0, null, 10)]
    [InlineData(-3, null, 10)]
    [InlineData(15, null, 15)]
    [InlineData(500, null, 200)]
    [InlineData(15, "2", 2)]
    [InlineData(15, " 900 ", 200)]
    [InlineData(15, "0", 15)]
    [InlineData(15, "many", 15)]
    public void The_limit_comes_from_the_environment_then_the_configuration(int? configured, string? variable, int limit) =>
        Assert.Equal(limit, HistoryLimit.Effective(configured, variable));

    [Fact]
    public void Rolling_figures_forget_a_session_that_was_quarantined()
    {
        var history = new[] { 0.9, 0.2, 0.85 }.Aggregate(RollingHistory.Empty, (totals, score) => totals.Add(score)).Add(null);
        var without = history.Remove(0.2, [0.9, 0.85]);
        Assert.Equal((3L, 2L, 2L, 0L), (without.TotalCount, without.ScoreCount, without.HighStreak, without.LowStreak));
        Assert.Equal(0.875, without.AverageScore!.Value, 9);
    }

    [Fact]
    public void Rolling_figures_survive_being_stored()
    {
        var history = RollingHistory.Empty.Add(0.9).Add(null);
        Assert.Equal(history, JsonSerializer.Deserialize<RollingHistory>(JsonSerializer.Serialize(history, AtlasJson.Options), AtlasJson.Options));
    }

    [Fact]
    public void A_reader_may_be_shown_fewer_entries_with_the_same_figures()
    {
        var history = LearningHistory.Of(new double?[] { 0.1, 0.2, 0.3 }.Select(score => Record(score, $"note {score}")), 3);
        var shown = history.WithNewest(2);
        Assert.Equal(["note 0.2", "note 0.3"], shown.Entries.Select(entry => entry.StudentLearning));
        Assert.Equal((3, history.Scores), (shown.Count, shown.Scores));
    }
}
