using Atlas.Domain;
using Atlas.Storage.Tests.Sessions;
using Xunit;

namespace Atlas.Storage.Tests.Learning;

public sealed class LearningLedgerTests
{
    [Fact]
    public async Task What_waits_comes_back_oldest_first_with_all_that_the_key_needs()
    {
        await using var room = await SessionRoom.OpenAsync();
        var first = await room.EndedAsync("one", 0.25);
        var second = await room.EndedAsync("two");
        await room.Store.ReviewAsync(new() { SessionId = second, Decision = new(ReviewStatus.Approved, "ann", "good"), Teaches = true });

        var pending = await room.Ledger.PendingOutboxAsync(TimeSpan.Zero, 10);

        Assert.Equal([first, second], pending.Select(delivery => delivery.SessionId));
        Assert.Equal("one", pending[0].LearningKey);
        Assert.Equal(0.25, pending[0].Outcome!.Score);
        Assert.True(pending[0].Teaches);
        Assert.Null(pending[0].Review);
        Assert.Equal(new ReviewDecision(ReviewStatus.Approved, "ann", "good"), pending[1].Review);
        Assert.Equal([first], (await room.Ledger.PendingOutboxAsync(TimeSpan.Zero, 1)).Select(delivery => delivery.SessionId));
        Assert.Empty(await room.Ledger.PendingOutboxAsync(TimeSpan.FromHours(1), 10));
    }

    [Fact]
    public async Task Settling_takes_away_what_was_delivered_and_not_what_came_since()
    {
        await using var room = await SessionRoom.OpenAsync();
        var session = await room.EndedAsync();
        var delivered = Assert.Single(await room.Ledger.OutboxOfKeyAsync("key"));
        await room.Store.ReviewAsync(new() { SessionId = session, Decision = new(ReviewStatus.Approved, "ann", null), Teaches = true });

        Assert.False(await room.Ledger.SettleAsync(delivered));
        var since = Assert.Single(await room.Ledger.OutboxOfKeyAsync("key"));
        Assert.True(await room.Ledger.SettleAsync(since));
        Assert.False(await room.Ledger.SettleAsync(since));
        Assert.Empty(await room.Ledger.OutboxOfKeyAsync("key"));
    }

    [Fact]
    public async Task Only_sessions_that_the_key_itself_counted_are_counted()
    {
        await using var room = await SessionRoom.OpenAsync();
        await new KeyState(room.Database, "key").WriteAsync(KeyState.Observed(1, 11), KeyState.Reviewed(2, 12, "approved"));

        Assert.Equal([11], await room.Ledger.FilterCountedAsync("key", [11, 12, 13]));
        Assert.Empty(await room.Ledger.FilterCountedAsync("another", [11]));
        Assert.Empty(await room.Ledger.FilterCountedAsync("key", []));
    }
}
