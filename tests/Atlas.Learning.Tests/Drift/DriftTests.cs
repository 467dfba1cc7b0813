using System.Text.Json;
using Atlas.Domain;
using Atlas.Domain.Json;
using Atlas.Learning.Drift;
using Atlas.Learning.Options;
using Xunit;

namespace Atlas.Learning.Tests.Drift;

public sealed class DriftTests
{
    private static readonly DriftOptions Options = new() { ConstantHistoryFloor = null };

    private static DriftWindow Window(double[] scores, double[] uncertainties) => scores.Select((score, index) => (score, index)).Aggregate(
        DriftWindow.Empty,
        (window, item) => window.Add(
            new RewardSample(item.index + 1, item.score, item.index < uncertainties.Length ? uncertainties[item.index] : null, null), 50));

    private static DriftAssessment Assess(DriftWindow window, double? score, double? uncertainty = null, DriftOptions? options = null) =>
        DriftDetector.Assess(window.Samples, new RewardSample(99, score, uncertainty, null), options ?? Options, "key");

    [Fact]
    public void A_fall_out_of_line_is_an_alert()
    {
        var assessment = Assess(Window([.8, .82, .78, .81, .79], [.1, .1, .1, .1, .1]), .7, .1);
        Assert.True(assessment.Alert);
        Assert.Equal(DriftReason.ScoreZ, assessment.Reason);
        Assert.Equal(-7.0711, assessment.ScoreZ!.Value, 4);
        Assert.Equal(-6.7449, assessment.ScoreMadZ!.Value, 4);
        Assert.Null(assessment.UncertaintyZ);
        Assert.Equal("Reward drift alert (score_z)", assessment.Message);
    }

    [Fact]
    public void A_gain_out_of_line_is_an_alert_too() => Assert.True(Assess(Window([.5, .52, .48, .51, .49], []), .95).Alert);

    [Fact]
    public void Uncertainty_can_be_the_reason()
    {
        var assessment = Assess(Window([.8, .82, .78, .81, .79], [.1, .12, .11, .09, .1]), .8, .4);
        Assert.Equal(DriftReason.UncertaintyZ, assessment.Reason);
        Assert.Equal(29.03, assessment.UncertaintyZ!.Value, 2);
    }

    [Fact]
    public void Too_few_sessions_are_no_baseline()
    {
        var assessment = Assess(Window([.8, .82], []), .1);
        Assert.False(assessment.Alert);
        Assert.Equal(DriftReason.InsufficientBaseline, assessment.Reason);
        Assert.Equal(-71, assessment.ScoreZ!.Value, 1);
        Assert.Null(assessment.Message);
    }

    [Fact]
    public void A_given_baseline_is_compared_by_its_own_figures()
    {
        var baseline = new DriftBaseline { SampleCount = 10, ScoreMean = 0.8, ScoreStddev = 0.05, UncertaintyMean = 0.2, UncertaintyStddev = 0.01 };
        var assessment = DriftDetector.Assess(baseline, new RewardSample(1, 1.0, 0.25, null), Options with { Window = 10 }, null);
        Assert.Equal(DriftReason.ScoreZ, assessment.Reason);
        Assert.Equal(4.0, assessment.ScoreZ!.Value, 9);
        Assert.Equal(0.2, assessment.ScoreDelta!.Value, 9);
    }

    [Fact]
    public void S1_the_session_itself_is_no_part_of_the_baseline()
    {
        var window = Window([.8, .82, .78, .81, .79], []).Add(new RewardSample(99, 0, null, null), 50);
        var assessment = Assess(window, 0);
        Assert.Equal(5, assessment.Baseline.SampleCount);
        Assert.Equal(DriftReason.ScoreZ, assessment.Reason);
    }

    [Fact]
    public void S2_a_constant_history_alerts_beyond_the_floor()
    {
        var window = Window([.9, .9, .9, .9, .9, .9, .9, .9, .9], []);
        Assert.Null(Assess(window, 0).Reason);
        var withFloor = Assess(window, 0, options: new DriftOptions());
        Assert.True(withFloor.Alert);
        Assert.Equal(DriftReason.ScoreDelta, withFloor.Reason);
        Assert.False(Assess(window, .86, options: new DriftOptions()).Alert);
    }

    [Fact]
    public void S3_sessions_without_a_reward_and_quarantined_ones_are_no_part_of_the_baseline()
    {
        var window = Window([.8, .82, .78, .81, .79, .1], [])
            .Add(new RewardSample(50, null, .9, null), 50)
            .Remove(6);
        Assert.Equal([.8, .82, .78, .81, .79], Assess(window, .8).Baseline.Scores);
        Assert.Same(window, window.Remove(12345));
    }

    [Theory]
    [InlineData("{'score':0.8,'score_mean':0.82,'uncertainty_mean':0.1,'best_uncertainty':0.05}", .8, .1, .05)]
    [InlineData("{'score_mean':null,'score':0.5}", .5, null, null)]
    [InlineData("{'score':null,'score_mean':0.7,'min_uncertainty':0.2}", .7, null, .2)]
    [InlineData("{'score':'0.7','uncertainty_mean':true}", .7, null, null)]
    [InlineData("[]", null, null, null)]
    public void S4_every_session_is_read_in_one_way(string stats, double? score, double? uncertainty, double? best) =>
        Assert.Equal(new RewardSample(3, score, uncertainty, best), RewardSample.Read(3, Build.Json(stats)));

    [Fact]
    public void Mean_median_and_spread_are_those_of_the_population()
    {
        var summary = SeriesSummary.Of([.82, .9, .7]);
        Assert.Equal(.8066667, summary.Mean!.Value, 7);
        Assert.Equal(.82, summary.Median!.Value, 9);
        Assert.Equal(.0821922, summary.StandardDeviation!.Value, 7);
        Assert.Equal(new SeriesSummary(.1, .1, 0), SeriesSummary.Of([.1]));
        Assert.Equal(.125, SeriesSummary.Of([.05, .2]).Median!.Value, 9);
        Assert.Equal(new SeriesSummary(null, null, null), SeriesSummary.Of([]));
    }

    [Fact]
    public void The_window_holds_the_newest_sessions_each_once()
    {
        var window = Window([.1, .2, .3], []);
        Assert.Equal([2, 3], window.Add(new RewardSample(3, .9, null, null), 2).Samples.Select(sample => sample.SessionId));
        Assert.Equal([.2, .9], window.Add(new RewardSample(3, .9, null, null), 2).Samples.Select(sample => sample.Score!.Value));
    }

    [Fact]
    public void Only_the_newest_sessions_of_the_window_count() =>
        Assert.Equal([.78, .81, .79], Assess(Window([.8, .82, .78, .81, .79], []), .8, options: Options with { Window = 3 }).Baseline.Scores);

    [Fact]
    public void The_assessment_is_stored_without_the_single_values()
    {
        var json = JsonSerializer.SerializeToElement(Assess(Window([.8, .82, .78, .81, .79], []), .7), AtlasJson.Options);
        Assert.True(json.GetProperty("drift_alert").GetBoolean());
        Assert.Equal(5, json.GetProperty("baseline").GetProperty("sample_count").GetInt32());
        Assert.False(json.GetProperty("baseline").TryGetProperty("scores", out _));
        Assert.Equal("Reward drift alert (score_z)", json.GetProperty("message").GetString());
        Assert.False(JsonSerializer.SerializeToElement(Assess(Window([.8], []), .7), AtlasJson.Options).TryGetProperty("message", out _));
    }

    [Fact]
    public void The_window_survives_being_stored()
    {
        var window = Window([.1, .2], [.3]);
        var read = JsonSerializer.Deserialize<DriftWindow>(JsonSerializer.Serialize(window, AtlasJson.Options), AtlasJson.Options)!;
        Assert.Equal(window.Samples, read.Samples);
    }
}
