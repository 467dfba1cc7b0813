using Atlas.Domain;
using Atlas.Learning.Evidence;
using Atlas.Learning.Journal;
using Atlas.Learning.Options;
using Xunit;
using static Atlas.Learning.Tests.Journal.TriedKey;

namespace Atlas.Learning.Tests.Journal;

/// <summary>How long what was learned waits under <c>learning.publish</c>.</summary>
public sealed class PublishingEpochTests
{
    private static readonly LearningOptions Hourly = new() { Publish = new PublishOptions { IntervalSeconds = 3600 } };
    private static readonly DateTimeOffset Over = Build.Now.AddHours(1);

    private static DateTimeOffset? EndsAt(LearningKeyState state, LearningOptions options) => PublishingEpoch.EndsAt(state, options, Over);

    [Fact]
    public void A_change_that_a_clock_has_put_into_the_future_delays_none()
    {
        var key = new TriedKey { Options = Hourly };
        key.Import(Playbook("Stay calm.", "one"));
        var state = key.State with { EpochSince = Build.Now.AddYears(1), UpdatedAt = Build.Now.AddSeconds(20) };

        Assert.Equal(Over.AddSeconds(20), PublishingEpoch.EndsAt(state, Hourly, Build.Now));
        Assert.Null(PublishingEpoch.EndsAt(state with { UpdatedAt = Build.Now.AddMinutes(5) }, Hourly, Build.Now));
    }

    [Fact]
    public void An_epoch_begins_with_every_version_and_without_the_block_there_are_none()
    {
        var key = new TriedKey { Options = Hourly };
        Assert.Null(EndsAt(key.State, Hourly));

        key.Import(Playbook("Stay calm.", "one"));
        Assert.Equal(Over, EndsAt(key.State, Hourly));
        Assert.Null(EndsAt(key.State, new LearningOptions()));

        // It follows from the journal alone.
        Assert.Equal(Over, EndsAt(LearningKeyFold.Apply(LearningKeyState.Empty, key.Journal), Hourly));
    }

    [Fact]
    public void Candidates_that_nobody_sees_wait_for_nothing_and_showing_them_begins_an_epoch()
    {
        var key = new TriedKey { Options = Hourly };
        key.Import(Playbook("Stay calm.", "one"));
        key.Execute(StagingDecisions.Stage(key.State, Hourly, By));
        Assert.Null(EndsAt(key.State, Hourly));
        Assert.Null(EndsAt(key.State, Hourly with { ApplyToPrompts = false }));

        key.Import(Playbook("Stay calm.", "one", "two"));
        key.Execute(StagingDecisions.Unstage(key.State, Hourly, By with { At = Build.Now.AddMinutes(30) }));
        Assert.Equal(Over.AddMinutes(30), EndsAt(key.State, Hourly));
    }

    [Fact]
    public void A_version_that_harms_is_withdrawn_within_the_epoch()
    {
        var key = Canary(Hourly);
        key.RunUntilOver(isNew => isNew ? 0 : 1);
        Assert.Equal((3, "Stay calm."), (key.State.Version, key.State.Playbook.StudentPreface));
    }

    [Fact]
    public void A_version_that_helps_is_given_to_all_when_the_epoch_is_over_and_begins_one()
    {
        var key = Canary(Hourly);
        for (var count = 0; count < 500; count++)
        {
            key.Count(key.Arm(count % 2 == 0), count % 2 == 0 ? 1 : 0);
        }

        Assert.NotNull(key.State.Trials!.Evidence.Canary);
        Assert.DoesNotContain(key.Journal, happened => happened is CanaryConcluded);
        Assert.Null(key.State.EpochSince);

        key.Execute(LearningKeyDecisions.Observe(
            key.State, SessionStanding.Unknown, Outcome(5001, key.Arm(true), 1), teaches: false, Hourly, new DriftOptions { Enabled = false }, By with { At = Over }));
        Assert.Equal(CanaryDecision.Promote, Assert.IsType<CanaryConcluded>(key.Journal[^1]).Decision);
        Assert.Equal(Over.AddHours(1), EndsAt(key.State, Hourly));
        Assert.Equal(key.State.EpochSince, LearningKeyFold.Apply(LearningKeyState.Empty, key.Journal).EpochSince);
    }

    private static TriedKey Canary(LearningOptions options)
    {
        var key = new TriedKey { Options = options };
        key.Import(Playbook("Stay calm.", "one"));
        key.Import(Playbook("Hurry.", "one"));
        return key;
    }
}
