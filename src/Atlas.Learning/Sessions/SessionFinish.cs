using System.Text.Json;
using Atlas.Domain;
using Atlas.Domain.Json;
using Atlas.Domain.Sessions;
using Atlas.Learning.Digest;
using Atlas.Learning.Drift;
using Atlas.Learning.Journal;
using Atlas.Learning.History;
using Atlas.Learning.Options;
using Atlas.Learning.Review;
using Atlas.Learning.Rewards;

namespace Atlas.Learning.Sessions;

/// <summary>Decides everything that the end of a session writes, and what its learning key is told. Pure.</summary>
public sealed class SessionFinish
{
    /// <summary>The row to store, in one transaction.</summary>
    public required SessionCompletionRow Row { get; init; }

    /// <summary>Why the session does not teach; null if it does.</summary>
    public required string? Obstacle { get; init; }

    /// <summary>Decides how a session ends.</summary>
    /// <param name="session">The stored session.</param>
    /// <param name="completion">What the caller reports.</param>
    /// <param name="digest">What a synthesizer can see of it.</param>
    /// <param name="past">The rewards of earlier sessions.</param>
    /// <param name="rules">The configuration.</param>
    /// <param name="now">The time of the end.</param>
    /// <param name="hasJudge">Whether a judge scores sessions that succeed without a reward; they are counted after that.</param>
    /// <param name="fault">The fault that prevented comparing the session with earlier ones; it then waits for a person's review.</param>
    /// <exception cref="RefusedException">The caller's report is invalid; nothing is stored.</exception>
    public static SessionFinish Decide(
        StoredSession session, CompleteSession completion, SessionDigest digest, RewardBaseline past, LearningRules rules, DateTimeOffset now,
        bool hasJudge = false, string? fault = null)
    {
        Check(completion);
        var waits = hasJudge && completion is { Reward: null, Status: SessionStatus.Succeeded };
        var reward = completion.Reward is { } given
            ? RewardRecords.Single(Finite.Held(given.Score), Finite.OrNull(given.Uncertainty), given.Judge, given.Rationale, now)
            : null;
        var drift = reward is not null && fault is null && rules.JudgesEachSession
            ? DriftDetector.Assess(
                past.Sessions,
                new RewardSample(session.Id, completion.Reward!.Score, completion.Reward.Uncertainty, completion.Reward.Uncertainty),
                rules.Safety.Drift,
                session.LearningKey)
            : null;

        // A person's decision, given with the session or before its end, takes precedence over figures.
        var review = completion.Review is { } decision
            ? new RunReview(decision.Status, decision.Note)
            : session.ReviewedBy is not null
                ? new RunReview(session.ReviewStatus, session.ReviewNotes)
                : waits ? new RunReview(session.ReviewStatus, session.ReviewNotes)
                : fault is not null ? RunReview.AfterFault(fault)
                : RunReview.Decide(completion.Status is SessionStatus.Succeeded, drift, rules.Safety.Review);
        var obstacle = TeachingRule.ReasonNotTo(
            rules.Learning, rules.Safety.Review, review.Status, drift is { Alert: true } || fault is not null, reward is not null);
        var outcome = StoredOutcome.Of(session with { Status = completion.Status, CompletedAt = now }) with
        {
            Score = completion.Reward?.Score,
            UncertaintyMean = completion.Reward?.Uncertainty,
            BestUncertainty = completion.Reward?.Uncertainty,
            Quarantined = review.Status is ReviewStatus.Quarantined,
        };
        return new SessionFinish
        {
            Obstacle = obstacle,
            Row = new SessionCompletionRow
            {
                SessionId = session.Id,
                Status = completion.Status,
                FinalAnswer = completion.FinalAnswer ?? "",
                RewardJson = reward?.Reward.ToJsonString(),
                RewardStatsJson = reward?.Stats.ToJsonString(),
                StudentLearning = rules.Learning.SessionNoteEnabled ? completion.StudentNote : null,
                TeacherLearning = rules.Learning.SessionNoteEnabled ? completion.TeacherNote : null,
                ReviewStatus = review.Status,
                ReviewNotes = review.Note,
                Reviewer = completion.Review?.Reviewer,
                MetadataJson = FinishMetadata.Write(completion, reward, drift, LearningHistory.Of(past, rules.Learning.HistoryLimit), rules.Safety.Review, fault).ToJsonString(),
                DigestJson = JsonSerializer.Serialize(digest, AtlasJson.Options),
                JudgingDueAt = waits ? now : null,
                Delivery = !waits && rules.Learning is { Enabled: true, UpdateEnabled: true } && session.LearningKey is not null
                    ? new SessionDelivery(outcome, obstacle is null)
                    : null,
                CompletedAt = now,
            },
        };
    }

    private static void Check(CompleteSession completion)
    {
        if (completion.Status is not (SessionStatus.Succeeded or SessionStatus.Failed))
        {
            throw new RefusedException($"A session must end as succeeded or failed, not as {completion.Status}.");
        }

        if (completion.Reward is { } reward)
        {
            CheckReward(reward);
        }

        if (completion.Review is { } review)
        {
            ReviewDecisions.Check(review);
        }
    }

    internal static void CheckReward(SessionReward reward)
    {
        CheckShare(reward.Score, "reward");
        CheckShare(reward.Uncertainty ?? 0, "uncertainty of a reward");
    }

    private static void CheckShare(double value, string what)
    {
        if (!(value is >= 0 and <= 1))
        {
            throw new RefusedException(FormattableString.Invariant($"The {what} must be a number from 0 to 1, not {value}. Leave it out if there is none."));
        }
    }
}
