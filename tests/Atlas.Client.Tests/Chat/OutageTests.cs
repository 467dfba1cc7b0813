using System.ComponentModel.DataAnnotations;
using Atlas.Client.Tests.Harness;
using Atlas.Contracts;
using Atlas.Contracts.Playbooks;
using Atlas.Domain;
using Atlas.Testing;
using Microsoft.Extensions.AI;
using Xunit;

namespace Atlas.Client.Tests.Chat;

public sealed class OutageTests : IDisposable
{
    private readonly ChatPlace _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task Without_the_cluster_the_last_known_playbook_is_injected_and_one_line_says_so()
    {
        var known = (await _place.AskAsync()).Messages[0].Text;
        _place.Atlas.Failure = FakeAtlas.OutOfReach;
        await using var session = await _place.Build(options => options.LearningKey = "support/orders").StartAtlasSessionAsync(ChatPlace.Task);
        var answer = await session.GetResponseAsync([new(ChatRole.System, "You help."), new(ChatRole.User, ChatPlace.Task)]);

        Assert.Equal("Done.", answer.Text);
        Assert.Equal(known, _place.Model.Requests[^1].Messages[0].Text);
        Assert.Equal((null, 7, false), (session.SessionId, session.PlaybookVersion, session.IsRecorded));
        Assert.Contains("cached student playbook, version 7", Assert.Single(_place.Log.Lines), StringComparison.Ordinal);
        Assert.Null(await session.CompleteAsync("Done.", 1));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task After_a_session_of_the_hold_out_or_of_an_arm_the_last_known_playbook_is_the_whole_one(bool heldOut)
    {
        var known = (await _place.AskAsync()).Messages[0].Text;
        var none = new ResolvedPlaybook("support/orders", 0, null, InjectionMode.Prefix, ApplyToPrompts: false, 0, null, null);
        _place.Atlas.Drawn = heldOut ? none : FakeAtlas.Resolved("Of the arm.") with { Arm = new(1, IsNew: true) };
        Assert.NotEqual(known, (await _place.AskAsync()).Messages[0].Text);

        _place.Atlas.Failure = FakeAtlas.OutOfReach;
        Assert.Equal(known, (await _place.AskAsync(options => options.LearningKey = "support/orders")).Messages[0].Text);
    }

    [Fact]
    public async Task Without_cluster_and_cache_the_chat_goes_on_without_a_playbook()
    {
        _place.Atlas.Failure = new InvalidOperationException("something odd");
        var sent = await _place.AskAsync();
        Assert.Equal("You help.", sent.Messages[0].Text);
        Assert.Equal(
            "The request to Atlas failed (something odd); no student playbook is cached, so the chat continues without one and is not recorded.",
            Assert.Single(_place.Log.Lines));
    }

    [Theory]
    [InlineData("support/orders")]
    [InlineData(" ")]
    public async Task A_start_that_is_refused_is_not_called_an_outage(string key)
    {
        _place.Atlas.Failure = new AtlasRefusedException("A learning key must not be blank.");
        await using var session = await _place.Build(options => options.LearningKey = key).StartAtlasSessionAsync(ChatPlace.Task);
        Assert.Equal("Done.", (await session.GetResponseAsync("Go on.")).Text);
        Assert.Null(await session.CompleteAsync("Done.", 1));

        Assert.StartsWith("Atlas refused the request (A learning key must not be blank); no student playbook is cached", _place.Log.Lines[0], StringComparison.Ordinal);
        Assert.DoesNotContain(_place.Log.Lines, line => line.Contains("reached", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_cluster_that_does_not_answer_holds_a_chat_up_no_longer_than_its_patience()
    {
        _place.Atlas.Hangs = new TaskCompletionSource().Task;
        var sent = await _place.AskAsync(options => options.Patience = TimeSpan.FromMilliseconds(50));
        Assert.Equal("You help.", sent.Messages[0].Text);
    }

    [Fact]
    public async Task An_application_that_gives_up_waiting_is_told_so()
    {
        _place.Atlas.Hangs = new TaskCompletionSource().Task;
        using var given = new CancellationTokenSource();
        var start = _place.Build().StartAtlasSessionAsync(ChatPlace.Task, given.Token);
        await given.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => start);
    }

    [Fact]
    public async Task Events_that_could_not_be_stored_are_stored_in_order_with_a_later_try()
    {
        await using var session = await _place.Build().StartAtlasSessionAsync(ChatPlace.Task);
        _place.Atlas.Session.Failure = FakeAtlas.OutOfReach;
        await session.GetResponseAsync("First.");
        await session.GetResponseAsync("Second.");
        Assert.Null(await session.CompleteAsync("Done."));
        Assert.Null(_place.Atlas.Session.Completion);
        Assert.Contains(_place.Log.Lines, line => line.Contains("you can try again", StringComparison.Ordinal));

        _place.Atlas.Session.Failure = null;
        Assert.NotNull(await session.CompleteAsync("Done."));
        Assert.Equal(2, _place.Atlas.Session.Events.Count);
    }

    [Fact]
    public async Task A_completion_is_not_spoilt_by_a_try_that_began_before_it()
    {
        var earlier = new TaskCompletionSource();
        _place.Atlas.Session.Hangs = earlier.Task;
        await using var session = await _place.Build().StartAtlasSessionAsync(ChatPlace.Task);
        await session.GetResponseAsync("Go on.");
        await Eventually.TrueAsync(() => _place.Atlas.Session.Begun == 1, TimeSpan.FromSeconds(10), "the first append");
        _place.Atlas.Session.Hangs = null;

        var completing = session.CompleteAsync("Done.");
        earlier.SetException(FakeAtlas.OutOfReach);
        Assert.NotNull(await completing);
        Assert.Single(_place.Atlas.Session.Events);
    }

    [Fact]
    public async Task Events_that_are_lost_with_a_session_are_said_so()
    {
        var session = await _place.Build().StartAtlasSessionAsync(ChatPlace.Task);
        _place.Atlas.Session.Failure = FakeAtlas.OutOfReach;
        await session.GetResponseAsync("Go on.");
        await session.DisposeAsync();
        Assert.StartsWith("1 events of session 42 were not stored", _place.Log.Lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Events_beyond_the_bound_are_dropped_and_said_so()
    {
        await using var session = await _place.Build(options => options.MaxWaitingEvents = 3).StartAtlasSessionAsync(ChatPlace.Task);
        _place.Atlas.Session.Failure = FakeAtlas.OutOfReach;
        for (var turn = 0; turn < 5; turn++)
        {
            await session.GetResponseAsync("Go on.");
        }

        _place.Atlas.Session.Failure = null;
        await session.CompleteAsync("Done.");
        Assert.Equal(3, _place.Atlas.Session.Events.Count);
        Assert.Contains(_place.Log.Lines, line => line.StartsWith("2 events of session 42 were not stored", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_session_that_takes_no_more_does_not_stop_the_chat()
    {
        await using var session = await _place.Build().StartAtlasSessionAsync(ChatPlace.Task);
        _place.Atlas.Session.Failure = new AtlasRefusedException("The session has ended.");
        Assert.Equal("Done.", (await session.GetResponseAsync("Go on.")).Text);
        await session.DisposeAsync();
        Assert.Contains(_place.Log.Lines, line => line.Contains("The session has ended.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_session_that_has_ended_already_gets_its_playbook_and_records_nothing()
    {
        _place.Atlas.Status = SessionStatus.Succeeded;
        await using var session = await _place.Build().StartAtlasSessionAsync(ChatPlace.Task);
        await session.GetResponseAsync("Go on.");
        Assert.Equal((42, false), (session.SessionId, session.IsRecorded));
        Assert.Contains(_place.Atlas.Playbook.Student!.Block, _place.Model.Requests[0].Messages[0].Text, StringComparison.Ordinal);
        Assert.Empty(_place.Atlas.Session.Events);
    }

    [Fact]
    public async Task An_application_that_started_without_the_cluster_connects_with_its_first_session_after_that()
    {
        var tries = 0;
        var chat = _place.Model.AsBuilder()
            .UseAtlas(
                () => tries++ == 0 ? Task.FromException<IAtlasClient>(FakeAtlas.OutOfReach) : Task.FromResult<IAtlasClient>(_place.Atlas),
                options => options.CacheOnDisk = false)
            .Build();
        await using var first = await chat.StartAtlasSessionAsync(ChatPlace.Task);
        await using var second = await chat.StartAtlasSessionAsync(ChatPlace.Task);
        await using var third = await chat.StartAtlasSessionAsync(ChatPlace.Task);
        Assert.Equal([true, true, true], [first.IsRecorded, second.IsRecorded, third.IsRecorded]);
        Assert.Equal(2, tries);
    }

    [Fact]
    public async Task The_first_session_waits_for_a_connection_that_takes_longer_than_a_call_may()
    {
        var connected = new TaskCompletionSource<IAtlasClient>();
        var chat = _place.Model.AsBuilder()
            .UseAtlas(() => connected.Task, options => (options.CacheOnDisk, options.Patience) = (false, TimeSpan.FromMilliseconds(20)))
            .Build();
        using var later = TimeProvider.System.CreateTimer(
            _ => connected.TrySetResult(_place.Atlas), null, TimeSpan.FromMilliseconds(300), Timeout.InfiniteTimeSpan);

        await using var session = await chat.StartAtlasSessionAsync(ChatPlace.Task);

        Assert.True(session.IsRecorded);
    }

    [Fact]
    public async Task A_cluster_that_held_the_chat_up_twice_is_left_alone_for_a_while()
    {
        _place.Atlas.Hangs = new TaskCompletionSource().Task;
        var chat = _place.Build(options => options.Patience = TimeSpan.FromMilliseconds(50));

        for (var start = 0; start < 10; start++)
        {
            await using var session = await chat.StartAtlasSessionAsync(ChatPlace.Task);
            Assert.False(session.IsRecorded);
        }

        Assert.Equal(2, _place.Atlas.Started.Count);
    }

    [Fact]
    public void An_option_out_of_bounds_is_refused_at_once() => Assert.Throws<ValidationException>(() => _place.Build(options => options.Role = "judge"));
}
