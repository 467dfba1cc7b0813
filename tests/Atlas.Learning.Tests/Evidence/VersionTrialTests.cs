using System.Text.Json;
using Atlas.Domain.Json;
using Atlas.Domain.Experiments;
using Atlas.Learning.Evidence;
using Xunit;

namespace Atlas.Learning.Tests.Evidence;

/// <summary>Trials of versions, experiments, and the alarm over time.</summary>
public sealed class VersionTrialTests
{
    private static readonly EvidenceOptions Options = new();
    private static readonly TrialObservation Good = new(true, 0.5, 0.5, 1);
    private static readonly TrialObservation Bad = new(true, 0.5, 0.5, 0);

    [Fact]
    public void A_version_that_nobody_read_is_rolled_back_at_less_evidence()
    {
        var evidence = TrialEvidence.None;
        while (evidence.LogHarm() < Math.Log(Options.Prove))
        {
            evidence = evidence.Add(Bad);
        }

        Assert.Equal(CanaryDecision.RollBack, CanaryDecisions.Of(evidence, wasRead: false, Options));
        Assert.Equal(CanaryDecision.GoOn, CanaryDecisions.Of(evidence, wasRead: true, Options));
        Assert.Equal(CanaryDecision.RollBack, CanaryDecisions.Of(Many(Bad, 40), wasRead: true, Options));
    }

    [Fact]
    public void A_version_that_helps_or_does_not_harm_is_promoted()
    {
        Assert.Equal(CanaryDecision.GoOn, CanaryDecisions.Of(TrialEvidence.None, false, Options));
        Assert.Equal(CanaryDecision.Promote, CanaryDecisions.Of(Many(Good, 20), false, Options));
        var harmless = Balanced(400);
        Assert.True(harmless.LogHelp() < 0);
        Assert.Equal(CanaryDecision.Promote, CanaryDecisions.Of(harmless, true, Options));
    }

    [Fact]
    public void The_parent_stays_where_nothing_was_found_in_the_time_given()
    {
        // A margin so small that these sessions say nothing.
        var options = Options with { Margin = 0.01 };
        Assert.Equal(CanaryDecision.GoOn, CanaryDecisions.Of(Balanced(1498), true, options));
        Assert.Equal(CanaryDecision.KeepParent, CanaryDecisions.Of(Balanced(1500), true, options));
    }

    [Fact]
    public void A_version_that_renders_as_what_is_served_is_no_trial() =>
        Assert.Null(CanaryTrial.Offer(null, Version(3, "a"), Version(4, "a")));

    [Fact]
    public void A_newer_version_takes_the_place_of_the_waiting_one_and_not_of_the_running_one()
    {
        var trial = CanaryTrial.Offer(null, Version(3, "a"), Version(4, "b"))!;
        trial = CanaryTrial.Offer(trial, Version(3, "a"), Version(5, "c"))!;
        trial = CanaryTrial.Offer(trial, Version(3, "a"), Version(6, "d"))!;
        Assert.Equal((4, 3, 6), (trial.Version.Number, trial.Parent.Number, trial.Waiting!.Number));
        var promoted = trial.Next(CanaryDecision.Promote)!;
        Assert.Equal((6, 4, null), (promoted.Version.Number, promoted.Parent.Number, promoted.Waiting));
        var rolledBack = trial.Next(CanaryDecision.RollBack)!;
        Assert.Equal((6, 3), (rolledBack.Version.Number, rolledBack.Parent.Number));
        Assert.Same(trial, trial.Next(CanaryDecision.GoOn));
        Assert.Null(rolledBack.Next(CanaryDecision.KeepParent));
        Assert.NotEqual(promoted.Salt, rolledBack.Salt);
        Assert.Equal(trial, JsonSerializer.Deserialize<CanaryTrial>(JsonSerializer.Serialize(trial, AtlasJson.Options), AtlasJson.Options));
    }

    [Fact]
    public void A_waiting_version_that_says_what_won_is_not_tried()
    {
        var trial = CanaryTrial.Offer(null, Version(3, "a"), Version(4, "b"))!;
        trial = CanaryTrial.Offer(trial, Version(3, "a"), Version(5, "a"))!;
        Assert.Null(trial.Next(CanaryDecision.RollBack));
        Assert.NotNull(trial.Next(CanaryDecision.Promote));
        Assert.Null(CanaryTrial.Offer(trial, Version(3, "a"), Version(6, "b"))!.Waiting);
    }

    [Fact]
    public void An_experiment_ends_better_worse_or_equivalent()
    {
        Assert.Equal(ExperimentDecision.GoOn, ExperimentDecisions.Of(TrialEvidence.None, Options));
        Assert.Equal(ExperimentDecision.Better, ExperimentDecisions.Of(Many(Good, 20), Options));
        Assert.Equal(ExperimentDecision.Worse, ExperimentDecisions.Of(Many(Bad, 20), Options));
        Assert.Equal(ExperimentDecision.Equivalent, ExperimentDecisions.Of(Balanced(800), Options));
    }

    [Fact]
    public void The_watch_learns_what_is_usual_before_it_watches_and_stays_raised()
    {
        var watch = RegressionWatch.Start;
        for (var i = 0; i < 100; i++)
        {
            watch = watch.Add("a", 1, i, Options);
        }

        Assert.Equal(0, watch.Watched);
        var sessions = 0;
        while (!watch.IsRaised && sessions < 50)
        {
            watch = watch.Add("a", 0, 100 + sessions++, Options);
        }

        Assert.InRange(sessions, 5, 20);
        var usual = watch.Usual.Of("a");
        Assert.True(watch.Add("a", 1, 200, Options) is { IsRaised: true } next && next.Usual.Of("a") == usual);
        var written = JsonSerializer.Serialize(watch, AtlasJson.Options);
        Assert.Equal(written, JsonSerializer.Serialize(JsonSerializer.Deserialize<RegressionWatch>(written, AtlasJson.Options), AtlasJson.Options));
    }

    [Fact]
    public void The_alarm_stays_finite()
    {
        var alarm = RegressionAlarm.None;
        for (var i = 0; i < 5000; i++)
        {
            alarm = alarm.Add(1, 0, 0.05);
        }

        Assert.True(double.IsFinite(alarm.Level));
        Assert.Throws<ArgumentOutOfRangeException>(() => alarm.Add(0.5, double.NaN, 0.05));
    }

    private static CanaryVersion Version(int number, string sha) => new(number, sha, false);

    private static TrialEvidence Many(TrialObservation observation, int times) =>
        Enumerable.Repeat(observation, times).Aggregate(TrialEvidence.None, (sum, session) => sum.Add(session));

    /// <summary>Sessions that speak for nothing: as good with as without.</summary>
    private static TrialEvidence Balanced(int sessions) => Enumerable.Range(0, sessions)
        .Aggregate(TrialEvidence.None, (sum, i) => sum.Add(new TrialObservation(i % 2 == 0, 0.5, 0.5, i / 2 % 2 == 0 ? 0.6 : 0.4)));
}
