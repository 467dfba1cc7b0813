using Atlas.Domain;
using Atlas.Domain.Experiments;
using Atlas.Domain.Playbooks;
using Atlas.Learning.Evidence;
using Atlas.Learning.Journal;
using Xunit;
using static Atlas.Learning.Tests.Journal.TriedKey;

namespace Atlas.Learning.Tests.Journal;

/// <summary>Experiments that compare versions or configurations, beside what else happens to a key.</summary>
public sealed class ComparedVersionTests
{
    [Fact]
    public void While_versions_are_compared_the_trial_of_a_version_rests_and_both_arms_are_drawn_by_the_share()
    {
        var key = Canary();
        var (first, other) = (new ServedPlaybook(1, null, Playbook("Stay calm.", "one")), new ServedPlaybook(2, null, Playbook("Hurry.", "one")));
        key.Execute(ExperimentRequests.Start(key.State, new() { FirstVersion = 1, NewVersion = 2, Share = 0.2 }, first, other, key.Options, By));

        var drawn = Enumerable.Range(0, 2000).Select(number => key.State.Trials!.Evidence.DrawArms("key", $"unit {number}", "task", key.Options.Evidence)).ToList();
        Assert.All(drawn, arms => Assert.Null(arms.Canary));
        Assert.All(drawn, arms => Assert.Equal(arms.IsHeldOut, arms.Experiment is null));
        Assert.InRange(drawn.Count(arms => arms.Experiment is { Shown: true }) / (double)drawn.Count(arms => arms.Experiment is not null), 0.17, 0.23);

        key.Execute(ExperimentRequests.Stop(key.State, 1, By));
        Assert.Contains(Enumerable.Range(0, 50), number => key.State.Trials!.Evidence.DrawArms("key", $"unit {number}", "task", key.Options.Evidence).Canary is not null);
    }

    [Fact]
    public void The_version_that_an_experiment_found_better_is_current_with_its_conclusion_and_its_own_trial_is_over()
    {
        var key = Canary();
        var (first, other) = (new ServedPlaybook(1, null, Playbook("Stay calm.", "one")), new ServedPlaybook(2, null, Playbook("Hurry.", "one")));
        key.Execute(ExperimentRequests.Start(key.State, new() { FirstVersion = 1, NewVersion = 2 }, first, other, key.Options, By));
        for (var count = 0; count < 200 && key.State.Trials!.Evidence.Experiment!.IsRunning; count++)
        {
            key.Count(new SessionAssignment { Task = "task", Experiment = new("1", 0.5, count % 2 == 0) }, count % 2 == 0 ? 1 : 0);
        }

        key.Execute(ExperimentRequests.Conclude(key.State, 1, [first, other], key.Options, By));
        Assert.Equal(CanaryDecision.Promote, Assert.IsType<CanaryConcluded>(key.Journal[^1]).Decision);
        Assert.Equal((2, null), (CurrentPlaybook.Of(key.State, key.Options).Version, key.State.Trials!.Evidence.Canary));
    }

    [Theory]
    [InlineData("pin")]
    [InlineData("roll back")]
    [InlineData("roll back to what is current")]
    [InlineData("promote")]
    [InlineData("promote what is current")]
    public void A_version_that_a_person_makes_current_reaches_all_sessions_although_versions_are_being_compared(string choice)
    {
        var key = new TriedKey();
        key.Import(Playbook("Stay calm."));
        key.Import(Playbook("Stay calm.", "one"));
        key.Import(Playbook("Stay calm.", "one", "two"));
        if (choice.StartsWith("promote", StringComparison.Ordinal))
        {
            key.Execute(StagingDecisions.Stage(key.State, key.Options, By));
        }

        var (second, third) = (new ServedPlaybook(2, null, Playbook("Stay calm.", "one")), new ServedPlaybook(3, null, Playbook("Stay calm.", "one", "two")));
        key.Execute(ExperimentRequests.Start(key.State, new() { FirstVersion = 1, NewVersion = 2 }, new(1, null, Playbook("Stay calm.")), second, key.Options, By));
        Assert.NotNull(key.State.Trials!.NewArm);

        Assert.True(key.Execute(choice switch
        {
            "pin" => StagingDecisions.Pin(key.State, second, key.Options, By),
            "roll back" => LearningKeyDecisions.Rollback(key.State, 2, second.Playbook, key.Options, By),
            "roll back to what is current" => LearningKeyDecisions.Rollback(key.State, 3, third.Playbook, key.Options, By),
            "promote" => StagingDecisions.Promote(key.State, second, key.Options, By),
            _ => StagingDecisions.Promote(key.State, third, key.Options, By),
        }));

        var over = Assert.Single(key.State.Trials!.PastExperiments!.Value);
        Assert.Equal((ExperimentStatus.Stopped, null, null), (over.Status, key.State.Trials.Evidence.Experiment, key.State.Trials.NewArm));
        Assert.Equal(choice.EndsWith("current", StringComparison.Ordinal) ? 2 : 1, CurrentPlaybook.Of(key.State, key.Options).Playbook.Entries.Length);
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(3, 2)]
    public void Versions_that_are_equivalent_change_nothing_when_their_experiment_is_concluded(int firstVersion, int newVersion)
    {
        var key = new TriedKey();
        ServedPlaybook[] versions = [new(1, null, Playbook("Stay calm.")), new(2, null, Playbook("Stay calm.", "one")), new(3, null, Playbook("Stay calm.", "one", "two"))];
        foreach (var version in versions)
        {
            key.Import(version.Playbook);
        }

        var (first, other) = (versions[firstVersion - 1], versions[newVersion - 1]);
        key.Execute(ExperimentRequests.Start(key.State, new() { FirstVersion = firstVersion, NewVersion = newVersion }, first, other, key.Options, By));
        for (var count = 0; count < 2000 && key.State.Trials!.Evidence.Experiment!.IsRunning; count++)
        {
            key.Count(new SessionAssignment { Task = "task", Experiment = new("1", 0.5, count % 2 == 0) }, 0.5);
        }

        Assert.Equal(ExperimentDecision.Equivalent, key.State.Trials!.Evidence.Experiment!.Decision);
        key.Execute(ExperimentRequests.Conclude(key.State, 1, [first, other], key.Options, By));
        Assert.Equal(ExperimentStatus.Concluded, Assert.IsType<ExperimentEnded>(key.Journal[^1]).Status);
        Assert.Equal(3, CurrentPlaybook.Of(key.State, key.Options).Version);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Sessions_that_an_experiment_treats_differently_raise_no_alarm(bool hasVersions)
    {
        var key = new TriedKey();
        key.Import(Playbook("Stay calm.", "one"));
        for (var count = 0; count < key.Options.Evidence.AlarmReference; count++)
        {
            key.Count(new SessionAssignment { Task = "task" }, 1);
        }

        var (first, other) = (new ServedPlaybook(0, null, LearnedPlaybook.Empty), new ServedPlaybook(1, null, Playbook("Stay calm.", "one")));
        key.Execute(hasVersions
            ? ExperimentRequests.Start(key.State, new() { FirstVersion = 0, NewVersion = 1 }, first, other, key.Options, By)
            : ExperimentRequests.Start(key.State, new() { Configuration = new() { Model = "small" }, Share = 0.9 }, null, null, key.Options, By));
        for (var count = 0; count < 200 && key.State.Trials!.Evidence.Experiment!.IsRunning; count++)
        {
            var arms = key.State.Trials!.Evidence.DrawArms("key", $"unit {count}", "task", key.Options.Evidence);
            var isUsual = !hasVersions && arms.Experiment is { Shown: false };
            key.Count(arms, arms.IsHeldOut || isUsual ? 1 : 0);
        }

        Assert.Empty(key.Journal.OfType<AlarmRaised>());
        Assert.NotEqual(0, key.State.Trials!.Evidence.Watch.Watched);
    }
}
