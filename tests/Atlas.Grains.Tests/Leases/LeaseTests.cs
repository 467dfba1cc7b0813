using Atlas.Client;
using Atlas.Contracts;
using Atlas.Contracts.Sessions;
using Atlas.Domain;
using Atlas.Grains.Tests.Cluster;
using Atlas.Testing;
using Xunit;

namespace Atlas.Grains.Tests.Leases;

/// <summary>A session that its runtime left alone is closed by its grain.</summary>
public sealed class LeaseTests
{
    private const string Key = "support/refunds";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_session_that_nothing_is_heard_of_is_closed_as_failed_with_the_reason_and_loses_nothing()
    {
        var clock = new MovableClock();
        await using var cluster = await TestCluster.StartAsync(clock: clock);
        var session = await cluster.Client.StartSessionAsync(new StartSession("Refund order 1042", Key));
        await session.AppendAsync(TrajectoryEvent.ToolCall("get_order"), TrajectoryEvent.Message("Looking."));

        clock.Advance(TimeSpan.FromSeconds(900 * 1.3));
        await ClosedAsync(cluster, session.SessionId);
        await Eventually.TrueAsync(
            async () => (await cluster.Client.DescribeAsync(Key)).SessionsObserved == 1, Patience, "The count of the failed session");

        var state = await cluster.Client.StandingAsync(session.SessionId);
        Assert.Equal((SessionStatus.Failed, JudgingStatus.Off, LearningStanding.Observed, null), (state.Status, state.Judging, state.Learning, state.Reward));
        Assert.Contains("nothing was heard from its runtime for 900 seconds", state.Reason, StringComparison.Ordinal);
        Assert.Equal(2, await cluster.Database.ScalarAsync<long>("SELECT count(*) FROM trajectory_events"));
        Assert.Equal(1, await cluster.Database.ScalarAsync<long>("""
            SELECT count(*) FROM sessions WHERE completed_at IS NOT NULL AND (metadata #>> '{lease,lapsed}')::boolean
               AND metadata #>> '{lease,reason}' IS NOT NULL AND digest IS NOT NULL
            """));
        Assert.Equal("failed", await cluster.Database.ScalarAsync<string>(
            "SELECT event #>> '{outcome,status}' FROM learning_journal WHERE event_type = 'session_observed'"));
    }

    [Fact]
    public async Task A_runtime_that_was_only_slow_is_told_that_it_came_too_late()
    {
        var clock = new MovableClock();
        await using var cluster = await TestCluster.StartAsync(clock: clock);
        var session = await cluster.Client.StartSessionAsync(new StartSession("Refund order 1042", Key, LeaseSeconds: 10));
        clock.Advance(TimeSpan.FromSeconds(20));
        await ClosedAsync(cluster, session.SessionId);

        var completion = await Assert.ThrowsAsync<AtlasRefusedException>(() => session.CompleteAsync("Done.", 1));
        var append = await Assert.ThrowsAsync<AtlasRefusedException>(() => session.AppendAsync(TrajectoryEvent.Message("Late.")));

        Assert.Contains("nothing was heard from its runtime for 10 seconds", completion.Message, StringComparison.Ordinal);
        Assert.Contains("came too late", completion.Message, StringComparison.Ordinal);
        Assert.Contains("Nothing can be added", append.Message, StringComparison.Ordinal);
        Assert.Equal("", await cluster.Database.ScalarAsync<string>("SELECT final_answer FROM sessions"));
    }

    [Fact]
    public async Task Whatever_is_heard_of_a_session_renews_its_lease_without_a_write_each_time()
    {
        var clock = new MovableClock();
        await using var cluster = await TestCluster.StartAsync(clock: clock);
        var silent = await cluster.Client.StartSessionAsync(new StartSession("Refund order 1", Key, LeaseSeconds: 1000));
        var appending = await cluster.Client.StartSessionAsync(new StartSession("Refund order 2", Key, LeaseSeconds: 1000));
        var renewing = await cluster.Client.StartSessionAsync(new StartSession("Refund order 3", Key, LeaseSeconds: 1000));
        var endless = await cluster.Client.StartSessionAsync(new StartSession("Refund order 4", Key, LeaseSeconds: 0));
        var before = await LeaseOfAsync(cluster, appending.SessionId);
        await appending.AppendAsync(TrajectoryEvent.Message("At once."));
        Assert.Equal(before, await LeaseOfAsync(cluster, appending.SessionId));

        clock.Advance(TimeSpan.FromSeconds(900));
        await appending.AppendAsync(TrajectoryEvent.Message("After a while."));
        await renewing.RenewAsync();
        clock.Advance(TimeSpan.FromSeconds(900));
        await ClosedAsync(cluster, silent.SessionId);

        foreach (var alive in (AtlasSession[])[appending, renewing, endless])
        {
            Assert.Equal(SessionStatus.Running, (await alive.StandingAsync(TestContext.Current.CancellationToken)).Status);
        }

        Assert.True(await LeaseOfAsync(cluster, appending.SessionId) > before);
        await appending.CompleteAsync("Done.", 1);
    }

    [Fact]
    public async Task A_session_whose_silo_died_too_is_closed_by_the_next_silo()
    {
        var clock = new MovableClock();
        await using var cluster = await TestCluster.StartAsync(clock: clock);
        var session = await cluster.Client.StartSessionAsync(new StartSession("Refund order 1042", Key));
        await session.AppendAsync(TrajectoryEvent.Message("Looking."));

        await cluster.RestartAsync();
        clock.Advance(TimeSpan.FromHours(1));

        await ClosedAsync(cluster, session.SessionId);
        Assert.Equal(1, await cluster.Database.ScalarAsync<long>("SELECT count(*) FROM trajectory_events"));
    }

    [Fact]
    public async Task Starting_a_session_again_by_its_external_id_is_a_sign_of_life()
    {
        var clock = new MovableClock();
        await using var cluster = await TestCluster.StartAsync(clock: clock);
        var start = new StartSession("Refund order 1042", Key, ExternalId: "run-1", LeaseSeconds: 1000);
        var session = await cluster.Client.StartSessionAsync(start);
        var before = await LeaseOfAsync(cluster, session.SessionId);
        clock.Advance(TimeSpan.FromSeconds(900));

        var again = await cluster.Client.StartSessionAsync(start);

        Assert.Equal((session.SessionId, SessionStatus.Running), (again.SessionId, again.Status));
        Assert.True(await LeaseOfAsync(cluster, session.SessionId) > before);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(604_801)]
    public async Task A_lease_out_of_bounds_is_refused(int seconds)
    {
        await using var cluster = await TestCluster.StartAsync();

        var refused = await Assert.ThrowsAsync<AtlasRefusedException>(
            () => cluster.Client.StartSessionAsync(new StartSession("Refund order 1042", Key, LeaseSeconds: seconds)));

        Assert.Contains("from 1 to 604800 seconds", refused.Message, StringComparison.Ordinal);
    }

    private static Task ClosedAsync(TestCluster cluster, long sessionId) => Eventually.TrueAsync(
        async () => (await cluster.Client.StandingAsync(sessionId)).Status is SessionStatus.Failed, Patience, "The end of the session");

    private static Task<DateTime> LeaseOfAsync(TestCluster cluster, long sessionId) =>
        cluster.Database.ScalarAsync<DateTime>($"SELECT lease_until FROM sessions WHERE id = {sessionId}")!;
}
