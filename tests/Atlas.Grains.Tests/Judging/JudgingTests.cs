using Atlas.Client;
using Atlas.Contracts.Sessions;
using Atlas.Domain;
using Atlas.Domain.Sessions;
using Atlas.Grains.Tests.Cluster;
using Atlas.Learning.Options;
using Atlas.Testing;
using Xunit;

namespace Atlas.Grains.Tests.Judging;

/// <summary>A session that ends without a reward gets one from the silo's judge, beside the turns.</summary>
public sealed partial class JudgingTests
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

        Assert.Equal((SessionStatus.Succeeded, LearningStanding.Judging), (completed.Status, completed.Learning));
        Assert.Equal(0, (await cluster.Client.DescribeAsync(Key)).SessionsObserved);
        var waiting = await cluster.Client.StandingAsync(completed.SessionId);
        Assert.Equal((JudgingStatus.Pending, LearningStanding.Judging, null), (waiting.Judging, waiting.Learning, waiting.Reward));
        Assert.Equal(0, await CountAsync(cluster, "SELECT count(*) FROM sessions WHERE reward IS NOT NULL"));

        judge.Pass();
        var judged = await cluster.Client.AwaitRewardAsync(completed.SessionId, Patience);

        Assert.Equal((JudgingStatus.Judged, LearningStanding.Applied, ReviewStatus.Approved), (judged.Judging, judged.Learning, judged.ReviewStatus));
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

        Assert.Equal(JudgingStatus.Pending, impatient.Judging);
        Assert.False(waiting.IsCompleted);
        judge.Pass();
        Assert.Equal(0.8, (await waiting).Reward!.Score);
    }

    [Theory]
    [InlineData(ReviewStatus.Approved, 1)]
    [InlineData(ReviewStatus.Quarantined, 0)]
    public async Task A_review_that_comes_while_the_judge_works_decides_whether_the_session_teaches(ReviewStatus status, int applied)
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
        Assert.Equal((ReviewStatus.Pending, LearningStanding.Observed), (judged.ReviewStatus, judged.Learning));

        var reviewed = await cluster.Client.ReviewAsync(session.SessionId, new ReviewDecision(ReviewStatus.Approved, "anna", null));

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
        var failed = await session.CompleteAsync(new CompleteSession(SessionStatus.Failed));
        var judged = await cluster.Client.RunSessionAsync(Key, score: null);
        await cluster.Client.AwaitRewardAsync(judged.SessionId, Patience);

        Assert.Equal((LearningStanding.Applied, LearningStanding.Observed), (brought.Learning, failed.Learning));
        Assert.Equal(0.25, (await cluster.Client.StandingAsync(brought.SessionId)).Reward!.Score);
        Assert.Equal(JudgingStatus.Off, (await session.StandingAsync(TestContext.Current.CancellationToken)).Judging);
        Assert.Single(judge.Requests);
    }

    [Fact]
    public async Task Without_a_judge_a_session_without_a_reward_is_counted_at_once()
    {
        await using var cluster = await TestCluster.StartAsync();

        var completed = await cluster.Client.RunSessionAsync(Key, score: null);

        Assert.Equal(LearningStanding.Observed, completed.Learning);
        Assert.Equal(JudgingStatus.Off, (await cluster.Client.AwaitRewardAsync(completed.SessionId, Patience)).Judging);
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

        Assert.Equal((SessionStatus.Succeeded, LearningStanding.Judging), (again.Status, again.Learning));
        Assert.Equal(0.8, judged.Reward!.Score);
        Assert.Equal(LearningStanding.Applied, after.Learning);
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

        Assert.Equal((JudgingStatus.Judged, LearningStanding.Off, 0.8), (judged.Judging, judged.Learning, judged.Reward!.Score));
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
        Assert.Equal((ReviewStatus.Pending, LearningStanding.Observed), (judged.ReviewStatus, judged.Learning));
        Assert.Equal(1, await CountAsync(cluster, "SELECT count(*) FROM sessions WHERE (metadata ->> 'drift_alert')::boolean"));
    }

    private static Task<long> CountAsync(TestCluster cluster, string sql) => cluster.Database.ScalarAsync<long>(sql);
}
