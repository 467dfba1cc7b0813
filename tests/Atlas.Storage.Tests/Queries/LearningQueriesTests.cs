using Atlas.Domain;
using Atlas.Storage.Tests.Sessions;
using Xunit;

namespace Atlas.Storage.Tests.Queries;

public sealed class LearningQueriesTests
{
    [Fact]
    public async Task Digests_come_newest_first_and_leave_out_what_may_not_teach()
    {
        await using var room = await SessionRoom.OpenAsync();
        var approved = await room.EndedAsync(score: 0.25, reviewStatus: "approved");
        var quarantined = await room.EndedAsync(reviewStatus: "quarantined");
        var pending = await room.EndedAsync();
        await room.StartAsync();
        await room.EndedAsync("another");

        Assert.Equal([pending, approved], await IdsAsync(exceptQuarantined: true, onlyApproved: false));
        Assert.Equal([approved], await IdsAsync(exceptQuarantined: true, onlyApproved: true));
        Assert.Equal([pending, quarantined, approved], await IdsAsync(exceptQuarantined: false, onlyApproved: false));
        var digest = (await room.Learning.DigestsOfAsync("key", [approved, 404]))[0];
        Assert.Equal((approved, "a task", 0.25, ReviewStatus.Approved), (digest.SessionId, digest.Task, digest.Score, digest.ReviewStatus));
        Assert.Equal(approved, digest.Digest.GetProperty("session").GetInt64());
        Assert.Single(await room.Learning.RecentDigestsAsync("key", 1));

        async Task<IEnumerable<long>> IdsAsync(bool exceptQuarantined, bool onlyApproved) =>
            (await room.Learning.RecentDigestsAsync("key", 10, exceptQuarantined, onlyApproved)).Select(one => one.SessionId);
    }

    [Fact]
    public async Task The_history_has_the_newest_rewarded_sessions_that_nobody_put_aside()
    {
        await using var room = await SessionRoom.OpenAsync();
        var ids = new List<long>();
        foreach (var score in new[] { 0.25, 0.5, 0.75, 1.0 })
        {
            ids.Add(await room.EndedAsync(score: score));
        }

        await room.EndedAsync(score: 0, reviewStatus: "quarantined");
        await room.StartAsync();

        var newest = await room.Learning.NewestRewardedAsync("key", 2);

        Assert.Equal([ids[3], ids[2]], newest.Select(record => record.SessionId));
        Assert.Empty(await room.Learning.NewestRewardedAsync("another", 2));
    }
}
