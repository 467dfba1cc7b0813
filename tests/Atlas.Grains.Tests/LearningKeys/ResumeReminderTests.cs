using Atlas.Contracts;
using Atlas.Grains.LearningKeys;
using Atlas.Learning.Journal;
using Xunit;

namespace Atlas.Grains.Tests.LearningKeys;

/// <summary>The reminder that wakes a key whose silo died.</summary>
public sealed class ResumeReminderTests
{
    private static readonly LearningKeyState Idle = LearningKeyState.Empty;
    private static readonly LearningKeyState Waiting = Idle with { Pending = [7] };
    private static readonly Signature By = new("ann", DateTimeOffset.UnixEpoch);

    private bool _isSet;
    private int _written;

    [Fact]
    public async Task It_stays_while_a_session_is_being_counted_and_goes_when_nothing_waits()
    {
        var reminder = Create();
        var counting = new TaskCompletionSource<bool>();
        var command = reminder.WithAsync(() => counting.Task);

        // The session is not in the committed state yet.
        await reminder.ClearIfIdleAsync(Idle);
        Assert.True(_isSet);

        counting.SetResult(true);
        await command;
        await reminder.ClearIfIdleAsync(Waiting);
        Assert.True(_isSet);
        await reminder.ClearIfIdleAsync(Idle);
        Assert.False(_isSet);
    }

    [Fact]
    public async Task A_frozen_key_is_not_woken_and_one_that_is_unfrozen_is_again()
    {
        var reminder = Create();
        await reminder.WithAsync(() => Task.FromResult(true));

        await reminder.ClearIfIdleAsync(Waiting with { Frozen = new Freeze(By.Author, By.At, null) });
        Assert.False(_isSet);

        await reminder.WithAsync(() => Task.FromResult(true));
        Assert.True(_isSet);
    }

    [Fact]
    public async Task It_is_stored_once_and_a_command_fails_without_it()
    {
        var reminder = Create();
        await reminder.WithAsync(() => Task.FromResult(true));
        await reminder.WithAsync(() => Task.FromResult(true));
        Assert.Equal(1, _written);

        var broken = new ResumeReminder(() => throw new TimeoutException(), () => Task.CompletedTask);
        var ran = false;
        await Assert.ThrowsAsync<AtlasUnavailableException>(() => broken.WithAsync(() => Task.FromResult(ran = true)));
        Assert.False(ran);
    }

    private ResumeReminder Create() => new(
        () =>
        {
            (_isSet, _written) = (true, _written + 1);
            return Task.CompletedTask;
        },
        () =>
        {
            _isSet = false;
            return Task.CompletedTask;
        });
}
