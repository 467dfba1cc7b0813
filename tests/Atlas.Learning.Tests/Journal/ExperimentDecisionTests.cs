using Atlas.Domain;
using Atlas.Domain.Experiments;
using Atlas.Domain.Playbooks;
using Atlas.Learning.Evidence;
using Atlas.Learning.Journal;
using Xunit;
using static Atlas.Learning.Tests.Journal.TriedKey;

namespace Atlas.Learning.Tests.Journal;

/// <summary>Experiments in the journal and in the fold of a key.</summary>
public sealed class ExperimentDecisionTests
{
    [Fact]
    public void An_entry_that_an_experiment_found_worse_is_withdrawn_when_it_is_concluded()
    {
        var (key, entry) = Started("bad");
        Run(key, entry, shown => shown ? 0 : 1);

        var decided = Assert.IsType<ExperimentDecided>(key.Journal[^1]);
        Assert.Equal(ExperimentDecision.Worse, decided.Decision);
        key.Execute(ExperimentRequests.Conclude(key.State, 1, [], key.Options, By));
        Assert.Equal(EntryTrialState.Withdrawn, key.Trial(entry).State);
        Assert.Null(key.State.Trials!.Evidence.Experiment);
        Assert.Equal(ExperimentStatus.Concluded, Assert.Single(key.State.Trials.PastExperiments!.Value).Status);
    }

    [Fact]
    public void Arms_that_do_not_differ_are_found_equivalent()
    {
        var (key, entry) = Started("idle");
        Run(key, entry, _ => 0.5);

        var report = ExperimentConclusions.Reports(key.State.Trials)[0];
        Assert.Equal((ExperimentStatus.Decided, ExperimentDecision.Equivalent), (report.Status, report.Decision));
        Assert.StartsWith("Equivalent, within 10 points: the entry idle against none:", report.Summary, StringComparison.Ordinal);
        Assert.InRange(report.Low, -0.2, 0);
        Assert.InRange(report.High, 0, 0.2);
    }

    [Fact]
    public void A_session_that_is_quarantined_leaves_the_experiment_and_comes_back()
    {
        var (key, entry) = Started("bad");
        var session = key.Count(Drawn(key, entry, shown: true), 1);
        var before = key.State.Trials!.Evidence.Experiment!.Evidence;

        Review(ReviewStatus.Quarantined);
        Assert.Equal(TrialEvidence.None, key.State.Trials.Evidence.Experiment.Evidence);
        Review(ReviewStatus.Approved);
        Assert.Equal(before, key.State.Trials.Evidence.Experiment.Evidence);

        void Review(ReviewStatus status) => key.Execute(LearningKeyDecisions.Review(
            key.State, SessionStanding.Observed, session, status, mayTeach: false, By, Outcome(session, Drawn(key, entry, shown: true), 1)));
    }

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

    [Fact]
    public void A_pin_leaves_an_experiment_about_an_entry_running()
    {
        var (key, _) = Started("one");
        key.Execute(StagingDecisions.Pin(key.State, new(1, null, key.State.Playbook), key.Options, By));

        Assert.True(key.State.Trials!.Evidence.Experiment!.IsRunning);
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
    [InlineData("withdrawn by a person")]
    [InlineData("retired")]
    [InlineData("removed")]
    [InlineData("reworded")]
    public void An_experiment_about_an_entry_that_no_session_gets_any_more_draws_no_more_sessions(string fate)
    {
        var (key, entry) = Started("one");
        key.Count(Drawn(key, entry, shown: true), 1);
        switch (fate)
        {
            case "withdrawn by a person":
                key.Execute(StandingDecisions.Withdraw(key.State, "one", key.Options, By));
                break;
            case "retired":
                key.Put(key.Trial(entry) with { State = EntryTrialState.Retired });
                break;
            default:
                key.Execute(LearningKeyDecisions.Rollback(key.State, 0, fate == "removed" ? Playbook("Stay calm.") : Other("one"), key.Options, By));
                break;
        }

        if (fate != "withdrawn by a person")
        {
            Assert.True(key.State.Trials!.Evidence.Experiment!.IsRunning);
            key.Count(new SessionAssignment { Task = "task" }, 1);
        }

        var decided = Assert.IsType<ExperimentDecided>(key.Journal[^1]);
        Assert.StartsWith("Sessions do not get the entry one any more. Not enough evidence about", decided.Reason, StringComparison.Ordinal);
        Assert.Equal((ExperimentStatus.Decided, ExperimentDecision.GoOn), (key.State.Trials!.Evidence.Experiment!.Status, decided.Decision));
        key.Execute(ExperimentRequests.Stop(key.State, 1, By));
        Assert.Null(key.State.Trials.Evidence.Experiment);
    }

    [Fact]
    public void Other_words_under_the_same_id_are_not_in_the_experiment_and_its_verdict_does_not_condemn_them()
    {
        var (key, entry) = Started("bad");
        Run(key, entry, shown => shown ? 0 : 1);
        Assert.Equal(ExperimentDecision.Worse, key.State.Trials!.Evidence.Experiment!.Decision);
        var running = key.State.Trials.Evidence with { Experiment = key.State.Trials.Evidence.Experiment with { Status = ExperimentStatus.Running } };

        key.Execute(LearningKeyDecisions.Rollback(key.State, 0, Other("bad"), key.Options, By));
        var reworded = Other("bad").Entries[0];
        var introduced = running.Put(key.Trial(reworded));
        Assert.Null(introduced.DrawEntries(new(), "key", "unit", [new("bad", Sha(reworded), IsTriggered: true)], limited: false, key.Options.Evidence).Experiment);
        Assert.NotNull(introduced.DrawEntries(new(), "key", "unit", [new("bad", Sha(entry), IsTriggered: true)], limited: false, key.Options.Evidence).Experiment);

        key.Execute(ExperimentRequests.Conclude(key.State, 1, [], key.Options, By));
        Assert.True(key.Trial(reworded).State.IsRendered);
        Assert.IsType<ExperimentEnded>(key.Journal[^1]);
    }

    private static LearnedPlaybook Other(string id) => Playbook("") with { Entries = [Entry(id, "Say it differently")] };

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

    [Theory]
    [InlineData(0.2, 0.25, "A difference of 20 points is seen after about 185 sessions")]
    [InlineData(0.1, 0.25, "A difference of 10 points is seen after about 740 sessions")]
    public void What_it_takes_is_said_before_the_start(double difference, double variance, string expected) =>
        Assert.StartsWith(expected, ExperimentWords.Needed(new() { Entry = "one", Difference = difference }, variance, new()).Summary, StringComparison.Ordinal);

    private static (TriedKey Key, PlaybookEntry Entry) Started(string id)
    {
        var (key, entry) = (new TriedKey(), Entry(id));
        key.Import(Playbook("", id) with { Entries = [entry] });
        key.Execute(ExperimentRequests.Start(key.State, new() { Entry = id }, null, null, key.Options, By));
        return (key, entry);
    }

    private static SessionAssignment Drawn(TriedKey key, PlaybookEntry entry, bool shown) => TriedKey.Drawn(entry, shown) with
    {
        Experiment = new(key.State.Trials!.Evidence.Experiment!.Salt, 0.5, shown),
    };

    private static void Run(TriedKey key, PlaybookEntry entry, Func<bool, double> reward)
    {
        for (var count = 0; count < 2000 && key.State.Trials!.Evidence.Experiment!.IsRunning; count++)
        {
            key.Count(Drawn(key, entry, count % 2 == 0), reward(count % 2 == 0));
        }
    }
}
