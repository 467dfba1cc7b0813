using Atlas.Domain;
using Atlas.Grains.Judging;
using Atlas.Grains.Tests.Cluster;
using Atlas.Models.Judges;
using Atlas.Testing;
using Xunit;

namespace Atlas.Grains.Tests.Judging;

public sealed partial class JudgingTests
{
    [Fact]
    public async Task An_outage_of_the_judge_is_no_reward_and_is_tried_again_after_a_growing_pause()
    {
        var clock = new MovableClock();
        var judge = ScriptedJudge.Open(_ => throw new InvalidOperationException("The judge is on holiday. Ask ada@example.com."));
        await using var cluster = await TestCluster.StartAsync(judge: judge, clock: clock);
        var session = await cluster.Client.RunSessionAsync(Key, score: null);

        await Eventually.TrueAsync(async () => (await cluster.Client.StandingAsync(session.SessionId)).Reason is not null, Patience, "The first failure");
        var failed = await cluster.Client.StandingAsync(session.SessionId);
        Assert.Equal((JudgingStatus.Pending, null), (failed.Judging, failed.Reward));
        Assert.Contains("The judge is on holiday. Ask [redacted email].", failed.Reason, StringComparison.Ordinal);
        var first = await PauseAsync(cluster);

        clock.Advance(first + TimeSpan.FromSeconds(1));
        await Eventually.TrueAsync(() => judge.Requests.Count == 2, Patience, "The second attempt");
        await Eventually.TrueAsync(async () => await PauseAsync(cluster) > first * 2, Patience, "A longer pause");

        judge.Answer = _ => ScriptedJudge.Score(0.7);
        clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(0.7, (await cluster.Client.AwaitRewardAsync(session.SessionId, Patience)).Reward!.Score);
        Assert.Equal(1, (await cluster.Client.DescribeAsync(Key)).SessionsApplied);

        async Task<TimeSpan> PauseAsync(TestCluster of) =>
            new DateTimeOffset(await of.Database.ScalarAsync<DateTime>("SELECT due_at FROM session_judgings")) - clock.GetUtcNow();
    }

    [Fact]
    public async Task A_session_that_nobody_can_judge_is_given_up_with_the_reason_and_counted_without_a_reward()
    {
        var clock = new MovableClock();
        var judge = ScriptedJudge.Open(_ => Judgement.None("The answer is empty."));
        await using var cluster = await TestCluster.StartAsync(judge: judge, clock: clock, judging: new JudgingOptions { MaxAttempts = 2 });
        var session = await cluster.Client.RunSessionAsync(Key, score: null);
        await Eventually.TrueAsync(async () => (await cluster.Client.StandingAsync(session.SessionId)).Reason is not null, Patience, "The first failure");

        clock.Advance(TimeSpan.FromHours(1));

        var over = await cluster.Client.AwaitRewardAsync(session.SessionId, Patience);
        Assert.Equal((JudgingStatus.Failed, LearningStanding.Observed, null, "The answer is empty."), (over.Judging, over.Learning, over.Reward, over.Reason));
        var key = await cluster.Client.DescribeAsync(Key);
        Assert.Equal((1, 0), (key.SessionsObserved, key.SessionsApplied));
        Assert.Equal(1, await CountAsync(cluster, """
            SELECT count(*) FROM sessions WHERE reward IS NULL AND reward_stats IS NULL AND status = 'succeeded'
               AND reward_audit -> -1 ->> 'reason' = 'The answer is empty.'
            """));
        Assert.Equal(2, judge.Requests.Count);
    }

    [Fact]
    public async Task A_judging_that_a_silo_left_behind_is_taken_up_by_the_next_and_counts_once()
    {
        var judge = new ScriptedJudge();
        await using var cluster = await TestCluster.StartAsync(judge: judge);
        var session = await cluster.Client.RunSessionAsync(Key, score: null);
        await Eventually.TrueAsync(() => judge.Requests.Count == 1, Patience, "The judging");

        await cluster.RestartAsync();
        judge.Pass(10);

        Assert.Equal(0.8, (await cluster.Client.AwaitRewardAsync(session.SessionId, Patience)).Reward!.Score);
        Assert.Equal(1, await CountAsync(cluster, "SELECT count(*) FROM learning_journal WHERE event_type = 'session_observed'"));
        Assert.Equal(1, (await cluster.Client.DescribeAsync(Key)).SessionsApplied);
    }

    [Fact]
    public async Task A_claim_of_a_silo_that_died_runs_out_and_its_late_judgement_changes_nothing()
    {
        var clock = new MovableClock();
        var judge = ScriptedJudge.Open();
        await using var cluster = await TestCluster.StartAsync(judge: judge, clock: clock);
        var session = await cluster.Client.RunSessionAsync(Key, score: 0.5);
        await cluster.Database.ExecuteAsync($"""
            INSERT INTO session_judgings (session_id, attempts, due_at) VALUES ({session.SessionId}, 1, now() + interval '1 minute')
            """);

        clock.Advance(TimeSpan.FromMinutes(2));

        Assert.Equal(0.8, (await cluster.Client.AwaitRewardAsync(session.SessionId, Patience)).Reward!.Score);
        Assert.Equal(1, await CountAsync(cluster, "SELECT count(*) FROM learning_journal WHERE event_type = 'session_observed'"));
        Assert.Equal(1, await CountAsync(cluster, "SELECT count(*) FROM session_judgings WHERE state = 'judged' AND attempts = 2"));
    }

    [Fact]
    public async Task Never_more_sessions_are_judged_at_once_than_the_silo_may()
    {
        var judge = new ScriptedJudge();
        await using var cluster = await TestCluster.StartAsync(judge: judge, judging: new JudgingOptions { ParallelSessions = 2 });
        var sessions = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => cluster.Client.RunSessionAsync(Key, score: null)));
        await Eventually.TrueAsync(() => judge.AtWork == 2, Patience, "Two judgings");

        judge.Pass(6);

        foreach (var session in sessions)
        {
            Assert.Equal(JudgingStatus.Judged, (await cluster.Client.AwaitRewardAsync(session.SessionId, Patience)).Judging);
        }

        Assert.Equal((6, 2), (judge.Requests.Count, judge.MostAtWork));
        Assert.Equal(6, (await cluster.Client.DescribeAsync(Key)).SessionsApplied);
    }

    [Theory]
    [InlineData(1.7)]
    [InlineData(double.NaN)]
    public async Task A_score_that_is_none_is_no_reward(double score)
    {
        var judge = ScriptedJudge.Open(_ => ScriptedJudge.Score(score));
        await using var cluster = await TestCluster.StartAsync(judge: judge, judging: new JudgingOptions { MaxAttempts = 1 });
        var session = await cluster.Client.RunSessionAsync(Key, score: null);

        var over = await cluster.Client.AwaitRewardAsync(session.SessionId, Patience);

        Assert.Equal((JudgingStatus.Failed, null), (over.Judging, over.Reward));
        Assert.Contains("not a number from 0 to 1", over.Reason, StringComparison.Ordinal);
    }
}
