using System.Text.Json;
using Atlas.Contracts;
using Atlas.Contracts.Sessions;
using Atlas.Grains.Hosting;
using Atlas.Learning.Digest;
using Atlas.Learning.Drift;
using Atlas.Learning.Json;
using Atlas.Learning.Review;
using Atlas.Learning.Rewards;
using Atlas.Storage.Sessions;

namespace Atlas.Grains.Sessions;

/// <summary>Decides all that the end of a session writes, and what its learning key is told. Pure.</summary>
internal sealed class SessionFinish
{
    private static readonly string[] Statuses = ["succeeded", "failed"];

    /// <summary>What is stored, in one transaction.</summary>
    public required SessionCompletionRow Row { get; init; }

    /// <summary>Why the session does not teach; null if it does.</summary>
    public required string? Obstacle { get; init; }

    /// <summary>Decides from what is known.</summary>
    /// <param name="session">The session as it is stored.</param>
    /// <param name="completion">What the caller says.</param>
    /// <param name="digest">What a synthesizer may see of it.</param>
    /// <param name="past">The rewards of the sessions before it.</param>
    /// <param name="rules">The configuration.</param>
    /// <param name="now">When it ends.</param>
    /// <param name="hasJudge">Whether somebody judges a session that succeeds without a reward; it is counted after that.</param>
    /// <exception cref="AtlasRefusedException">The caller's words are off; nothing is stored.</exception>
    public static SessionFinish Decide(
        StoredSession session, CompleteSession completion, SessionDigest digest, PastRewards past, LearningRules rules, DateTimeOffset now,
        bool hasJudge = false)
    {
        Check(completion);
        var waits = hasJudge && completion is { Reward: null, Status: "succeeded" };
        var reward = completion.Reward is { } given
            ? RewardRecords.Single(given.Score, given.Uncertainty, given.Judge, given.Rationale, now)
            : null;
        var drift = reward is not null && rules.Safety.Drift.Enabled
            ? DriftDetector.Assess(
                past.Window,
                new RewardSample(session.Id, completion.Reward!.Score, completion.Reward.Uncertainty, completion.Reward.Uncertainty),
                rules.Safety.Drift,
                session.LearningKey)
            : null;

        // A person's word, given with the session or before its end, counts more than what follows from figures.
        var review = completion.Review is { } decision
            ? new RunReview(ReviewStatus.Normalise(decision.Status), decision.Note)
            : session.ReviewedBy is not null
                ? new RunReview(session.ReviewStatus, session.ReviewNotes)
                : waits ? new RunReview(session.ReviewStatus, session.ReviewNotes)
                : RunReview.Decide(completion.Status is "succeeded", drift, rules.Safety.Review);
        var obstacle = TeachingRule.ReasonNotTo(
            rules.Learning, rules.Safety.Review, review.Status, drift is { Alert: true }, reward is not null);
        var outcome = StoredOutcome.Of(session with { Status = completion.Status, CompletedAt = now }) with
        {
            Score = completion.Reward?.Score,
            UncertaintyMean = completion.Reward?.Uncertainty,
            BestUncertainty = completion.Reward?.Uncertainty,
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
                MetadataJson = FinishMetadata.Write(completion, reward, drift, past.History(rules.Learning.HistoryLimit), rules.Safety.Review).ToJsonString(),
                DigestJson = JsonSerializer.Serialize(digest, AtlasJson.Options),
                JudgingDueAt = waits ? now : null,
                Delivery = !waits && rules.Learning is { Enabled: true, UpdateEnabled: true } && session.LearningKey is not null
                    ? new SessionDelivery(JsonSerializer.Serialize(outcome, AtlasJson.Options), obstacle is null)
                    : null,
                CompletedAt = now,
            },
        };
    }

    private static void Check(CompleteSession completion)
    {
        if (!Statuses.Contains(completion.Status, StringComparer.Ordinal))
        {
            throw new AtlasRefusedException($"A session ends as succeeded or failed, not as '{completion.Status}'.");
        }

        if (completion.Reward is { } reward)
        {
            CheckShare(reward.Score, "reward");
            CheckShare(reward.Uncertainty ?? 0, "uncertainty of a reward");
        }

        if (completion.Review is { } review)
        {
            ReviewDecisions.Check(review);
        }
    }

    private static void CheckShare(double value, string what)
    {
        if (!(value is >= 0 and <= 1))
        {
            throw new AtlasRefusedException(FormattableString.Invariant($"The {what} is a number from 0 to 1, not {value}. Without one, leave it out."));
        }
    }
}
