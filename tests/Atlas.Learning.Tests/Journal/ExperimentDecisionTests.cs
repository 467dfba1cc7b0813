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
    public void A_pin_leaves_an_experiment_about_an_entry_running()
    {
        var (key, _) = Started("one");
        key.Execute(StagingDecisions.Pin(key.State, new(1, null, key.State.Playbook), key.Options, By));

        Assert.True(key.State.Trials!.Evidence.Experiment!.IsRunning);
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
