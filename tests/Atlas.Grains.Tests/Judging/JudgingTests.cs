using Atlas.Client;
using Atlas.Contracts.Review;
using Atlas.Contracts.Sessions;
using Atlas.Grains.Judging;
using Atlas.Grains.Tests.Cluster;
using Atlas.Learning.Options;
using Atlas.Models.Judges;
using Atlas.Testing;
using Xunit;

namespace Atlas.Grains.Tests.Judging;

/// <summary>A session that ends without a reward gets one from the silo's judge, beside the turns.</summary>
public sealed class JudgingTests
{
    private const string Key = "support/refunds";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_session_without_a_reward_ends_at_once_and_is_counted_when_its_judge_has_answered()
    {
        var judge = new ScriptedJudge();
        await using var cluster = await TestCluster.StartAsync(judge: judge, synthesizer: GatedSynthesizer.Open());
        var completed = await cluster.Client.RunSessionAsync(Key, score: null);
        await Eventually.TrueAsync(() => judge.Requests.Count == 1, Patience, "The judging");

        Assert.Equal(("succeeded", "judging"), (completed.Status, completed.Learning));
        Assert.Equal(0, (await cluster.Client.DescribeAsync(Key)).SessionsObserved);
        var waiting = await cluster.Client.StandingAsync(completed.SessionId);
        Assert.Equal(("pending", "judging", null), (waiting.Judging, waiting.Learning, waiting.Reward));
        Assert.Equal(0, await CountAsync(cluster, "SELECT count(*) FROM sessions WHERE reward IS NOT NULL"));

        judge.Pass();
        var judged = await cluster.Client.AwaitRewardAsync(completed.SessionId, Patience);

        Assert.Equal(("judged", "applied", "approved"), (judged.Judging, judged.Learning, judged.ReviewStatus));
        Assert.Equal(new SessionReward(0.8, 0.1, "scripted", "It looked right."), judged.Reward);
        var key = await cluster.Client.DescribeAsync(Key);
        Assert.Equal((1, 1), (key.SessionsObserved, key.SessionsApplied));
        Assert.Equal(1, await CountAsync(cluster, """
            SELECT count(*) FROM sessions
             WHERE (reward_stats ->> 'score')::float8 = 0.8 AND metadata #>> '{session_reward,score}' = '0.8'
               AND metadata #>> '{reward_summary,score}' = '0.8' AND reward_audit #>> '{0,stage}' = 'scripted' AND digest IS NOT NULL
            """));
        Assert.Equal(1, await CountAsync(cluster, """
            SELECT count(*) FROM session_judgings
             WHERE state = 'judged' AND judge = 'scripted' AND attempts = 1 AND calls = 3 AND prompt_tokens = 300 AND finished_at IS NOT NULL
            """));
        await Eventually.TrueAsync(
            async () => (await cluster.Client.ResolveAsync(Key)).Version == 1, Patience, "What was learned from the judged session");
    }

    [Fact]
    public async Task Waiting_for_a_reward_ends_with_patience_and_keeps_no_other_call_waiting()
    {
        var judge = new ScriptedJudge();
        await using var cluster = await TestCluster.StartAsync(judge: judge);
        var session = await cluster.Client.StartSessionAsync(new StartSession("Refund order 1042", Key));
        var waiting = session.AwaitRewardAsync(Patience, TestContext.Current.CancellationToken);
        await session.AppendAsync(TrajectoryEvent.ToolCall("get_order"));
        await session.CompleteAsync("Done.");

        var impatient = await session.AwaitRewardAsync(TimeSpan.FromMilliseconds(1), TestContext.Current.CancellationToken);

        Assert.Equal("pending", impatient.Judging);
        Assert.False(waiting.IsCompleted);
        judge.Pass();
        Assert.Equal(0.8, (await waiting).Reward!.Score);
    }

    [Fact]
    public async Task An_outage_of_the_judge_is_no_reward_and_is_tried_again_after_a_growing_pause()
    {
        var clock = new MovableClock();
        var judge = ScriptedJudge.Open(_ => throw new InvalidOperationException("The judge is on holiday."));
        await using var cluster = await TestCluster.StartAsync(judge: judge, clock: clock);
        var session = await cluster.Client.RunSessionAsync(Key, score: null);

        await Eventually.TrueAsync(async () => (await cluster.Client.StandingAsync(session.SessionId)).Reason is not null, Patience, "The first failure");
        var failed = await cluster.Client.StandingAsync(session.SessionId);
        Assert.Equal(("pending", null), (failed.Judging, failed.Reward));
        Assert.Contains("The judge is on holiday.", failed.Reason, StringComparison.Ordinal);
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
        Assert.Equal(("failed", "observed", null, "The answer is empty."), (over.Judging, over.Learning, over.Reward, over.Reason));
        var key = await cluster.Client.DescribeAsync(Key);
        Assert.Equal((1, 0), (key.SessionsObserved, key.SessionsApplied));
        Assert.Equal(1, await CountAsync(cluster, """
            SELECT count(*) FROM sessions WHERE reward IS NULL AND reward_stats IS NULL AND status = 'succeeded'
               AND reward_audit -> -1 ->> 'reason' = 'The answer is empty.'
            """));
        Assert.Equal(2, judge.Requests.Count);
    }

    [Theory]
    [InlineData("approved", 1)]
    [InlineData("quarantined", 0)]
    public async Task A_review_that_comes_while_the_judge_works_decides_whether_the_session_teaches(string status, int applied)
    {
        var judge = new ScriptedJudge();
        await using var cluster = await TestCluster.StartAsync(judge: judge, requireApproval: true);
        var session = await cluster.Client.RunSessionAsync(Key, score: null);
        await Eventually.TrueAsync(() => judge.Requests.Count == 1, Patience, "The judging");

        await cluster.Client.ReviewAsync(session.SessionId, new ReviewDecision(status, "anna", "read it"));
        Assert.Equal(0, (await cluster.Client.DescribeAsync(Key)).SessionsObserved);
        judge.Pass();

        var judged = await cluster.Client.AwaitRewardAsync(session.SessionId, Patience);
        Assert.Equal((status, 0.8), (judged.ReviewStatus, judged.Reward!.Score));
        var key = await cluster.Client.DescribeAsync(Key);
        Assert.Equal((1, applied), (key.SessionsObserved, key.SessionsApplied));
        Assert.Equal("read it", await cluster.Database.ScalarAsync<string>("SELECT review_notes FROM sessions"));
    }

    [Fact]
    public async Task A_session_that_is_approved_after_its_judgement_teaches_then()
    {
        await using var cluster = await TestCluster.StartAsync(judge: ScriptedJudge.Open(), requireApproval: true);
        var session = await cluster.Client.RunSessionAsync(Key, score: null);
        var judged = await cluster.Client.AwaitRewardAsync(session.SessionId, Patience);
        Assert.Equal(("pending", "observed"), (judged.ReviewStatus, judged.Learning));

        var reviewed = await cluster.Client.ReviewAsync(session.SessionId, new ReviewDecision("approved", "anna", null));

        Assert.True(reviewed.Teaches);
        Assert.Equal(1, (await cluster.Client.DescribeAsync(Key)).SessionsApplied);
    }

    [Fact]
    public async Task A_reward_that_the_caller_brings_stays_and_a_failed_session_gets_none()
    {
        var judge = ScriptedJudge.Open();
        await using var cluster = await TestCluster.StartAsync(judge: judge);
        var brought = await cluster.Client.RunSessionAsync(Key, score: 0.25);
        var session = await cluster.Client.StartSessionAsync(new StartSession("Refund order 7", Key));
        var failed = await session.CompleteAsync(new CompleteSession("failed"));
        var judged = await cluster.Client.RunSessionAsync(Key, score: null);
        await cluster.Client.AwaitRewardAsync(judged.SessionId, Patience);

        Assert.Equal(("applied", "observed"), (brought.Learning, failed.Learning));
        Assert.Equal(0.25, (await cluster.Client.StandingAsync(brought.SessionId)).Reward!.Score);
        Assert.Equal("off", (await session.StandingAsync(TestContext.Current.CancellationToken)).Judging);
        Assert.Single(judge.Requests);
    }

    [Fact]
    public async Task Without_a_judge_a_session_without_a_reward_is_counted_at_once()
    {
        await using var cluster = await TestCluster.StartAsync();

        var completed = await cluster.Client.RunSessionAsync(Key, score: null);

        Assert.Equal("observed", completed.Learning);
        Assert.Equal("off", (await cluster.Client.AwaitRewardAsync(completed.SessionId, Patience)).Judging);
    }

    [Fact]
    public async Task Completing_again_while_the_judge_works_changes_nothing()
    {
        var judge = new ScriptedJudge();
        await using var cluster = await TestCluster.StartAsync(judge: judge);
        var session = await cluster.Client.StartSessionAsync(new StartSession("Refund order 1042", Key));
        await session.CompleteAsync("Done.");
        var again = await session.CompleteAsync("Other.", 0.1);
        judge.Pass(2);
        var judged = await session.AwaitRewardAsync(Patience, TestContext.Current.CancellationToken);
        var after = await session.CompleteAsync("Third.");

        Assert.Equal(("succeeded", "judging"), (again.Status, again.Learning));
        Assert.Equal(0.8, judged.Reward!.Score);
        Assert.Equal("applied", after.Learning);
        Assert.Equal("Done.", await cluster.Database.ScalarAsync<string>("SELECT final_answer FROM sessions"));
        Assert.Equal(1, await CountAsync(cluster, "SELECT count(*) FROM learning_journal WHERE event_type = 'session_observed'"));
        Assert.Single(judge.Requests);
    }

    [Fact]
    public async Task With_learning_off_a_session_gets_its_reward_and_teaches_nothing()
    {
        await using var cluster = await TestCluster.StartAsync(judge: ScriptedJudge.Open(), learning: new LearningOptions { Enabled = false });
        var session = await cluster.Client.RunSessionAsync(Key, score: null);

        var judged = await cluster.Client.AwaitRewardAsync(session.SessionId, Patience);

        Assert.Equal(("judged", "off", 0.8), (judged.Judging, judged.Learning, judged.Reward!.Score));
        Assert.Equal(0, await CountAsync(cluster, "SELECT count(*) FROM learning_outbox"));
    }

    [Fact]
    public async Task A_judged_reward_that_is_out_of_line_waits_for_a_review()
    {
        var judge = ScriptedJudge.Open();
        await using var cluster = await TestCluster.StartAsync(judge: judge, drift: new DriftOptions { MinBaseline = 3 });
        for (var past = 0; past < 5; past++)
        {
            var earlier = await cluster.Client.RunSessionAsync(Key, score: null);
            await cluster.Client.AwaitRewardAsync(earlier.SessionId, Patience);
        }

        judge.Answer = _ => ScriptedJudge.Score(0.1);
        var session = await cluster.Client.RunSessionAsync(Key, score: null);

        var judged = await cluster.Client.AwaitRewardAsync(session.SessionId, Patience);
        Assert.Equal(("pending", "observed"), (judged.ReviewStatus, judged.Learning));
        Assert.Equal(1, await CountAsync(cluster, "SELECT count(*) FROM sessions WHERE (metadata ->> 'drift_alert')::boolean"));
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
            Assert.Equal("judged", (await cluster.Client.AwaitRewardAsync(session.SessionId, Patience)).Judging);
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

        Assert.Equal(("failed", null), (over.Judging, over.Reward));
        Assert.Contains("no number from 0 to 1", over.Reason, StringComparison.Ordinal);
    }

    private static Task<long> CountAsync(TestCluster cluster, string sql) => cluster.Database.ScalarAsync<long>(sql);
}
