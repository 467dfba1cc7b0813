using Atlas.Domain;
using Atlas.Learning.Evidence;
using Atlas.Learning.Journal;
using Xunit;
using static Atlas.Learning.Tests.Journal.TriedKey;

namespace Atlas.Learning.Tests.Journal;

/// <summary>The trial of a version against the one before.</summary>
public sealed class CanaryDecisionTests
{
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
