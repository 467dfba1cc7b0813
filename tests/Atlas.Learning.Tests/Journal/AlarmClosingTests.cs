using System.Text.Json;
using Atlas.Domain;
using Atlas.Domain.Json;
using Atlas.Learning.Evidence;
using Atlas.Learning.Journal;
using Xunit;
using static Atlas.Learning.Tests.Journal.TriedKey;

namespace Atlas.Learning.Tests.Journal;

/// <summary>Alarms that no trial can answer.</summary>
public sealed class AlarmClosingTests
{
    [Fact]
    public void An_alarm_that_no_trial_can_answer_is_closed_shown_until_usual_is_known_again_and_a_second_decline_raises_it()
    {
        var key = Usual();
        Assert.True(Run(key, 300, count => count % 2, () => key.State.Trials!.AlarmSince is not null));
        Assert.True(AlarmDecisions.IsOpen(key.State));
        Assert.Null(AlarmDecisions.AsksFor(key.State, key.Options));

        Assert.True(Close(key));
        Assert.False(Close(key));
        Assert.True(KeyFindings.Of(key.State)!.Alarm);

        Assert.True(Run(key, 102, count => count % 2, () => !KeyFindings.Of(key.State)!.Alarm));
        Assert.Single(key.Journal.OfType<AlarmRaised>());
        Assert.True(Run(key, 300, _ => 0, () => key.State.Trials!.AlarmSince is not null));
        Assert.Equal(2, key.Journal.OfType<AlarmRaised>().Count());
        Assert.True(KeyFindings.Of(key.State)!.Alarm);
        AssertFolded(key);
    }

    [Fact]
    public void An_alarm_between_versions_that_give_sessions_the_same_is_closed()
    {
        var key = Usual();
        key.Import(Playbook("Stay calm.", "one"));
        Assert.True(Run(key, 300, count => count % 2, () => key.State.Trials!.AlarmSince is not null));
        Assert.Equal(1, AlarmDecisions.AsksFor(key.State, key.Options));

        Assert.True(key.Execute(AlarmDecisions.Answer(key.State, new ServedPlaybook(1, Build.Now, Playbook("Stay calm.", "one")), key.Options, Build.Now)));
        Assert.IsType<AlarmClosed>(key.Journal[^1]);
        Assert.Null(AlarmDecisions.AsksFor(key.State, key.Options));
        Assert.False(AlarmDecisions.IsOpen(key.State));
    }

    [Fact]
    public void An_alarm_whose_trial_is_dropped_is_closed()
    {
        var key = Usual();
        key.Import(Playbook("Stay calm.", "one"));
        Assert.True(Run(key, 300, count => count % 2, () => key.State.Trials!.AlarmSince is not null));
        key.Execute(AlarmDecisions.Answer(key.State, new ServedPlaybook(1, Build.Now, Playbook("Stay calm.")), key.Options, Build.Now));
        Assert.NotNull(key.State.Trials!.Evidence.Canary);
        Assert.False(AlarmDecisions.IsOpen(key.State));

        key.Execute(StagingDecisions.Pin(key.State, new ServedPlaybook(1, Build.Now, Playbook("Stay calm.")), key.Options, By));
        Assert.True(AlarmDecisions.IsOpen(key.State));
        Assert.True(Close(key));
        Assert.Equal((0L, true), (key.State.Trials!.Evidence.Watch.Usual.Sessions, key.State.Trials.Evidence.Watch.IsClosed));
        AssertFolded(key);
    }

    [Fact]
    public void A_new_version_ends_the_display_of_a_closed_alarm_and_keeps_what_was_learned_since()
    {
        var key = Usual();
        Assert.True(Run(key, 300, count => count % 2, () => key.State.Trials!.AlarmSince is not null));
        Close(key);
        Run(key, 10, _ => 0, () => false);
        key.Import(Playbook("Stay calm.", "one"));

        Assert.Equal((10L, false), (key.State.Trials!.Evidence.Watch.Usual.Sessions, KeyFindings.Of(key.State)!.Alarm));
    }

    /// <summary>A key that knows what is usual.</summary>
    private static TriedKey Usual()
    {
        var key = new TriedKey();
        key.Import(Playbook("Stay calm."));
        Run(key, 100, _ => 1, () => false);
        return key;
    }

    private static bool Run(TriedKey key, int most, Func<int, double> reward, Func<bool> until)
    {
        for (var count = 0; count < most; count++)
        {
            key.Count(new SessionAssignment { Task = "task" }, reward(count));
            if (until())
            {
                return true;
            }
        }

        return false;
    }

    private static bool Close(TriedKey key) =>
        key.Execute(AlarmDecisions.Close(key.State, AlarmDecisions.AsksFor(key.State, key.Options), key.Options, Build.Now));

    private static void AssertFolded(TriedKey key) => Assert.Equal(
        JsonSerializer.Serialize(key.State, AtlasJson.Options), JsonSerializer.Serialize(LearningKeyFold.Apply(LearningKeyState.Empty, key.Journal), AtlasJson.Options));
}
