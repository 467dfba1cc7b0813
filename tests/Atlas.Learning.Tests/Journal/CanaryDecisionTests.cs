using System.Text.Json;
using Atlas.Domain;
using Atlas.Domain.Json;
using Atlas.Learning.Evidence;
using Atlas.Learning.Journal;
using Xunit;
using static Atlas.Learning.Tests.Journal.TriedKey;

namespace Atlas.Learning.Tests.Journal;

/// <summary>The trial of a version against the one before.</summary>
public sealed class CanaryDecisionTests
{
    [Fact]
    public void While_a_version_waits_for_its_trial_the_one_on_trial_is_in_force()
    {
        var key = Canary();
        Assert.Equal(2, key.State.InForce.Version);

        key.Import(Playbook("Hurry slowly.", "one"));
        Assert.Equal((3, 2), (key.State.Version, key.State.InForce.Version));
        Assert.Equal(2, CurrentPlaybook.Of(key.State, key.Options).Version);
    }

    [Fact]
    public void A_version_that_only_adds_entries_is_current_at_once_and_one_that_rewrites_the_preface_is_tried()
    {
        var key = new TriedKey();
        key.Import(Playbook("Stay calm.", "one"));
        key.Import(Playbook("Stay calm.", "one", "two"));
        Assert.Null(key.State.Trials!.Evidence.Canary);

        key.Import(Playbook("Hurry.", "one", "two"));

        Assert.Equal((3, 2), (key.State.Trials.Evidence.Canary!.Version.Number, key.State.Trials.Evidence.Canary.Parent.Number));
        Assert.Equal("Stay calm.", key.State.Trials.Parent!.Playbook.StudentPreface);
        Assert.Equal(3, CurrentPlaybook.Of(key.State, key.Options).Version);
    }

    [Fact]
    public void A_harmful_version_is_rolled_back_in_the_turn_that_proves_it()
    {
        var key = Canary();
        key.RunUntilOver(isNew => isNew ? 0 : 1);

        var concluded = Assert.IsType<CanaryConcluded>(key.Journal[^2]);
        Assert.Equal((CanaryDecision.RollBack, 2, 1), (concluded.Decision, concluded.Version, concluded.Parent));
        Assert.Equal((3, "Stay calm."), (key.State.Version, key.State.Playbook.StudentPreface));
        Assert.Equal(PlaybookCause.Rollback, Assert.IsType<PlaybookChanged>(key.Journal[^1]).Cause);
        Assert.Null(key.State.Trials!.Parent);
    }

    [Fact]
    public void A_version_that_helps_is_promoted_and_makes_no_further_version()
    {
        var key = Canary();
        key.RunUntilOver(isNew => isNew ? 1 : 0);

        Assert.Equal(CanaryDecision.Promote, Assert.IsType<CanaryConcluded>(key.Journal[^1]).Decision);
        Assert.Equal((2, "Hurry."), (key.State.Version, key.State.Playbook.StudentPreface));
    }

    [Fact]
    public void A_version_that_came_meanwhile_is_tried_next_against_what_was_found_better()
    {
        var key = Canary();
        key.Import(Playbook("Think.", "one"));
        Assert.Equal((2, "Hurry."), (CurrentPlaybook.Of(key.State, key.Options).Version, key.State.Trials!.OnTrial!.Playbook.StudentPreface));

        key.RunUntilOver(isNew => isNew ? 0 : 1);

        Assert.Equal((3, 1), (key.State.Trials.Evidence.Canary!.Version.Number, key.State.Trials.Evidence.Canary.Parent.Number));
        Assert.Equal("Stay calm.", key.State.Trials.Parent!.Playbook.StudentPreface);
        Assert.Equal(3, CurrentPlaybook.Of(key.State, key.Options).Version);
    }

    [Fact]
    public void A_persons_rollback_ends_the_trial_of_a_version()
    {
        var key = Canary();
        key.Execute(LearningKeyDecisions.Rollback(key.State, 1, Playbook("Stay calm.", "one"), key.Options, By));

        Assert.Null(key.State.Trials!.Evidence.Canary);
        Assert.Equal("Stay calm.", CurrentPlaybook.Of(key.State, key.Options).Playbook.StudentPreface);
    }

    [Fact]
    public void A_session_of_an_earlier_trial_of_the_same_two_versions_does_not_change_the_later_one()
    {
        var key = Canary();
        key.Execute(LearningKeyDecisions.Rollback(key.State, 1, Playbook("Stay calm.", "one"), key.Options, By));
        Begin();
        var drawn = key.Arm(isNew: true);
        var session = key.Count(drawn, 1);
        key.Execute(StagingDecisions.Pin(key.State, new(3, null, key.State.Playbook), key.Options, By));
        key.Execute(StagingDecisions.Unpin(key.State, key.Options, By));
        Begin();

        key.Execute(LearningKeyDecisions.Review(
            key.State, SessionStanding.Observed, session, ReviewStatus.Quarantined, mayTeach: false, By, Outcome(session, drawn, 1)));
        Assert.Equal(TrialEvidence.None, key.State.Trials!.Evidence.Canary!.Evidence);
        key.Count(drawn, 1);
        Assert.Equal(TrialEvidence.None, key.State.Trials.Evidence.Canary.Evidence);
        key.Count(key.Arm(isNew: true), 1);
        Assert.Equal(1, key.State.Trials.Evidence.Canary.Evidence.Shown);
        Assert.Equal(
            JsonSerializer.Serialize(key.State, AtlasJson.Options),
            JsonSerializer.Serialize(LearningKeyFold.Apply(LearningKeyState.Empty, key.Journal), AtlasJson.Options));

        void Begin() => key.Execute(new Decision<bool>(
            [new CanaryBegun { Offer = new(new(2, "a", WasRead: true), new(3, "b", WasRead: true)), Parent = new(2, null, Playbook("Hurry.", "one")), At = Build.Now, Author = "evidence" }], true));
    }

    [Fact]
    public void Evidence_from_which_sessions_were_taken_that_were_never_in_it_is_reported_as_broken()
    {
        var key = Canary();
        var (alien, more) = (new TrialObservation(shown: true, 0.5, 0.5, 1), new TrialObservation(shown: false, 0.9, 0.5, 1));
        var mixed = Enumerable.Repeat(alien, 6).Aggregate(TrialEvidence.None.Add(more).Add(more), (evidence, session) => evidence.Remove(session));
        var trials = key.State.Trials!;
        var broken = key.State with
        {
            Trials = trials with
            {
                Evidence = trials.Evidence.Put(key.Trial(Entry("one")) with { Evidence = mixed }) with
                {
                    Learning = mixed,
                    Canary = trials.Evidence.Canary! with { Evidence = mixed },
                    Experiment = new() { Number = 1, Plan = new() { Entry = "one" }, Evidence = mixed, StartedAt = Build.Now, StartedBy = "ann" },
                },
            },
        };

        var findings = KeyFindings.Of(broken)!;

        Assert.All(
            [findings.Learning!, findings.Canary!.Effect, Assert.Single(findings.Entries).Effect],
            effect => Assert.Equal((EffectVerdict.AssignmentBroken, 0, null), (effect.Verdict, effect.Shown, effect.Effect)));
        Assert.Contains("Nothing can be said about", Assert.Single(findings.Experiments).Summary, StringComparison.Ordinal);
        Assert.Equal(CanaryDecision.GoOn, CanaryDecisions.Of(mixed, wasRead: false, key.Options.Evidence));
        Assert.True(ExperimentRequests.Plan(broken with { Trials = broken.Trials! with { Evidence = broken.Trials.Evidence with { Experiment = null } } }, new() { Entry = "one" }, null, null, key.Options).Sessions > 0);
    }

    [Fact]
    public void A_frozen_key_goes_on_counting_and_decides_on_its_version_when_it_is_free_again()
    {
        var key = Canary();
        key.Execute(LearningKeyDecisions.Freeze(key.State, By));
        for (var count = 0; count < 200; count++)
        {
            key.Count(key.Arm(count % 2 == 0), count % 2 == 0 ? 0 : 1);
        }

        Assert.NotNull(key.State.Trials!.Evidence.Canary);
        key.Execute(LearningKeyDecisions.Unfreeze(key.State, By));
        key.Count(key.Arm(isNew: true), 0);
        Assert.Equal("Stay calm.", key.State.Playbook.StudentPreface);
    }
}
