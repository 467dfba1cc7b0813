using System.Text.Json;
using Atlas.Domain;
using Atlas.Domain.Sessions;
using Atlas.Learning.Digest;
using Atlas.Learning.Journal;
using Atlas.Learning.Options;
using Atlas.Learning.Sessions;
using Xunit;

namespace Atlas.Learning.Tests.Sessions;

/// <summary>What the end of a session, its judging and its review write, and what is said of it meanwhile.</summary>
public sealed class SessionDecisionTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 4, 9, 15, 22, TimeSpan.Zero);
    private static readonly LearningRules Rules = new(
        new LearningOptions(),
        new RuntimeSafetyOptions { Drift = new DriftOptions { Detector = DriftDetectorKind.ZScore }, Review = new ReviewOptions { RequireApproval = false } });

    private static readonly StoredSession Running = new()
    {
        Id = 7, Task = "Refund order 1042", Status = SessionStatus.Running, LearningKey = "support/refunds", ReviewStatus = ReviewStatus.Pending, StartedAt = Now.AddMinutes(-1),
    };

    private static readonly RewardBaseline Steady = new([.. Enumerable.Range(1, 20).Select(id => new RewardSample(id, 0.8 + (id % 2 * 0.02), 0.1, 0.1))], 20, 20, 16.2);

    [Fact]
    public void A_rewarded_success_tells_its_key_and_teaches()
    {
        var finish = Finish(new CompleteSession(SessionStatus.Succeeded, "Done.", new SessionReward(0.8)));
        Assert.Null(finish.Obstacle);
        Assert.Equal((0.8, true), (finish.Row.Delivery!.Outcome.Score, finish.Row.Delivery.Teaches));
        Assert.Null(finish.Row.JudgingDueAt);
    }

    [Fact]
    public void A_success_without_a_reward_waits_for_the_judge_if_there_is_one()
    {
        var waits = Finish(new CompleteSession(SessionStatus.Succeeded, "Done."), hasJudge: true);
        Assert.Equal((Now, null), (waits.Row.JudgingDueAt, waits.Row.Delivery));
        Assert.NotNull(Finish(new CompleteSession(SessionStatus.Succeeded, "Done.")).Row.Delivery);
        Assert.Null(Finish(new CompleteSession(SessionStatus.Failed), hasJudge: true).Row.JudgingDueAt);
    }

    [Theory]
    [InlineData(1.7, null)]
    [InlineData(-0.1, null)]
    [InlineData(double.NaN, null)]
    [InlineData(0.5, 2.0)]
    public void A_reward_that_is_no_share_is_refused(double score, double? uncertainty) => Assert.Contains(
        "a number from 0 to 1",
        Assert.Throws<RefusedException>(() => Finish(new CompleteSession(SessionStatus.Succeeded, "Done.", new SessionReward(score, uncertainty)))).Message,
        StringComparison.Ordinal);

    [Fact]
    public void A_reward_out_of_line_waits_for_a_person_unless_one_has_spoken()
    {
        var low = new CompleteSession(SessionStatus.Succeeded, "Done.", new SessionReward(0));
        var asked = Finish(low, past: Steady);
        Assert.Equal((ReviewStatus.Pending, false), (asked.Row.ReviewStatus, asked.Row.Delivery!.Teaches));
        Assert.NotNull(asked.Obstacle);

        var spoken = Finish(low with { Review = new ReviewDecision(ReviewStatus.Approved, "ann", "It is right.") }, past: Steady);
        Assert.Equal((ReviewStatus.Approved, "ann"), (spoken.Row.ReviewStatus, spoken.Row.Reviewer));
        var before = Finish(low, past: Steady, session: Running with { ReviewStatus = ReviewStatus.Approved, ReviewedBy = "ann" });
        Assert.Equal(ReviewStatus.Approved, before.Row.ReviewStatus);
    }

    [Fact]
    public void A_fault_of_ours_leaves_the_session_to_a_person_and_counts_it()
    {
        var finish = Finish(new CompleteSession(SessionStatus.Succeeded, "Done.", new SessionReward(1)), fault: "KeyNotFoundException: x");
        Assert.Equal(ReviewStatus.Pending, finish.Row.ReviewStatus);
        Assert.Equal((1.0, false), (finish.Row.Delivery!.Outcome.Score, finish.Row.Delivery.Teaches));
        Assert.Contains("KeyNotFoundException", finish.Row.MetadataJson, StringComparison.Ordinal);
    }

    [Fact]
    public void With_learning_off_or_without_a_key_nobody_is_told()
    {
        var done = new CompleteSession(SessionStatus.Succeeded, "Done.", new SessionReward(1));
        Assert.Null(Finish(done, rules: Rules with { Learning = new LearningOptions { Enabled = false } }).Row.Delivery);
        Assert.Null(Finish(done, session: Running with { LearningKey = null }).Row.Delivery);
    }

    [Fact]
    public void Metadata_that_is_no_object_is_refused() => Assert.Contains(
        "must be a JSON object",
        Assert.Throws<RefusedException>(() => Finish(new CompleteSession(SessionStatus.Succeeded, Metadata: JsonElement.Parse("[1]")))).Message,
        StringComparison.Ordinal);

    [Fact]
    public void A_judgement_brings_the_reward_and_tells_the_key()
    {
        var judged = Judge("""{"score": 0.5, "judges": []}""", """{"score": 0.5, "uncertainty_mean": 0.1}""", problem: null);
        Assert.Equal(("panel", null, 0.5), (judged.Row.Judge, judged.Row.Reason, judged.Row.Delivery!.Outcome.Score));
        Assert.True(judged.Row.Delivery.Teaches);
    }

    [Fact]
    public void A_judging_that_was_given_up_counts_the_session_without_a_reward()
    {
        var judged = Judge(null, null, "Nobody answered.");
        Assert.Equal((null, "Nobody answered."), (judged.Row.Judge, judged.Row.Reason));
        Assert.Equal((null, false), (judged.Row.Delivery!.Outcome.Score, judged.Row.Delivery.Teaches));
        Assert.NotNull(judged.Obstacle);
    }

    [Fact]
    public void A_review_tells_the_key_of_a_session_that_has_ended_and_is_not_being_judged()
    {
        var ended = Running with { Status = SessionStatus.Succeeded, Reward = JsonElement.Parse("""{"score": 1}"""), RewardStats = JsonElement.Parse("""{"score": 1}""") };
        var decision = new ReviewDecision(ReviewStatus.Approved, "ann", null);
        Assert.Equal((true, true, 1.0), Told(SessionReview.Decide(ended, decision, Rules)));
        Assert.Equal((false, true, null), Told(SessionReview.Decide(Running with { Reward = ended.Reward }, decision, Rules)));
        var judging = ended with { Judging = new StoredJudging(JudgingStatus.Pending, 1, Now, null, null, TokenUsage.None, Now, null) };
        Assert.False(SessionReview.Decide(judging, decision, Rules).Row.TellLearningKey);

        static (bool, bool, double?) Told(SessionReview review) => (review.Row.TellLearningKey, review.Row.Teaches, review.Row.Outcome?.Score);
    }

    [Fact]
    public void A_decision_for_another_status_is_refused_unless_it_is_the_reviewers_own_once_more()
    {
        var decision = new ReviewDecision(ReviewStatus.Approved, "ann", null) { OnlyWhile = ReviewStatus.Pending };
        var decided = Running with { Status = SessionStatus.Succeeded, ReviewStatus = ReviewStatus.Approved, ReviewedBy = "ann" };

        Assert.Equal(decision, SessionReview.Decide(decided, decision, Rules).Row.Decision);
        Assert.Contains("now approved, as bob decided", Refusal(decided with { ReviewedBy = "bob" }), StringComparison.Ordinal);
        Assert.Contains("now quarantined, as ann decided", Refusal(decided with { ReviewStatus = ReviewStatus.Quarantined }), StringComparison.Ordinal);

        string Refusal(StoredSession session) => Assert.Throws<RefusedException>(() => SessionReview.Decide(session, decision, Rules)).Message;
    }

    [Fact]
    public void The_key_is_told_that_a_session_was_quarantined_before_its_end_with_it_or_while_its_judge_worked()
    {
        var done = new CompleteSession(SessionStatus.Succeeded, "Done.", new SessionReward(1));
        var quarantined = Running with { ReviewStatus = ReviewStatus.Quarantined, ReviewedBy = "ann" };
        Assert.False(Finish(done).Row.Delivery!.Outcome.Quarantined);
        Assert.True(Finish(done, session: quarantined).Row.Delivery!.Outcome.Quarantined);
        Assert.True(Finish(done with { Review = new ReviewDecision(ReviewStatus.Quarantined, "ann", null) }).Row.Delivery!.Outcome.Quarantined);
        Assert.True(Judge("""{"score": 1}""", """{"score": 1}""", problem: null, quarantined).Row.Delivery!.Outcome.Quarantined);
    }

    [Fact]
    public void Where_a_session_stands_follows_from_what_is_stored()
    {
        var ended = Running with { Status = SessionStatus.Succeeded, Reward = JsonElement.Parse("""{"score": 0.5, "judges": [{"identifier": "environment", "rationale": "Paid."}]}""") };
        Assert.Equal((SessionStatus.Running, null), (SessionStates.Of(Running, Rules).Status, SessionStates.Of(Running, Rules).Learning));
        Assert.Equal((LearningStanding.Queued, SessionStates.WillBeTold), Standing(ended));
        Assert.Equal(LearningStanding.Applied, Standing(ended with { Counted = true }).Learning);
        Assert.Equal(LearningStanding.Observed, Standing(ended with { Counted = true, ReviewStatus = ReviewStatus.Quarantined }).Learning);
        Assert.Equal(LearningStanding.Off, Standing(ended with { LearningKey = null }).Learning);
        Assert.Equal(new SessionReward(0.5, null, "environment", "Paid."), SessionStates.Of(ended, Rules).Reward);

        static (LearningStanding? Learning, string? Reason) Standing(StoredSession session) =>
            SessionStates.Of(session, Rules) is var state ? (state.Learning, state.Reason) : default;
    }

    private static SessionFinish Finish(
        CompleteSession completion, bool hasJudge = false, string? fault = null, RewardBaseline? past = null, StoredSession? session = null, LearningRules? rules = null) =>
        SessionFinish.Decide(session ?? Running, completion, new SessionDigest(), past ?? RewardBaseline.None, rules ?? Rules, Now, hasJudge, fault);

    private static SessionJudgement Judge(string? reward, string? stats, string? problem, StoredSession? session = null) => SessionJudgement.Decide(
        (session ?? Running) with { Status = SessionStatus.Succeeded },
        new JudgedSession("panel", Parsed(reward), Parsed(stats), JsonElement.Parse("[]"), problem, TokenUsage.None),
        RewardBaseline.None,
        Rules,
        Now);

    private static JsonElement? Parsed(string? json) => json is null ? null : JsonElement.Parse(json);
}
