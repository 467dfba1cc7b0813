using System.Text.Json;
using System.Text.Json.Nodes;
using Atlas.Domain;
using Atlas.Domain.Sessions;
using Atlas.Learning.Drift;
using Atlas.Learning.History;
using Atlas.Learning.Options;
using Atlas.Learning.Review;
using Atlas.Learning.Rewards;

namespace Atlas.Learning.Sessions;

/// <summary>Decides everything that the end of a judging writes, and what the learning key is told. Pure.</summary>
public sealed class SessionJudgement
{
    /// <summary>The row to store, in one transaction.</summary>
    public required SessionJudgementRow Row { get; init; }

    /// <summary>Why the session does not teach; null if it does.</summary>
    public required string? Obstacle { get; init; }

    public static SessionJudgement Decide(
        StoredSession session, JudgedSession judged, RewardBaseline past, LearningRules rules, DateTimeOffset now, string? fault = null)
    {
        var reward = judged is { Reward: { } record, Stats: { } stats }
            ? new RewardRecords(JsonObject.Create(record)!, JsonObject.Create(stats)!)
            : null;
        var rewarded = session with
        {
            Reward = reward is null ? null : judged.Reward,
            RewardStats = reward is null ? null : judged.Stats,
        };
        var drift = reward is not null && fault is null && rules.JudgesEachSession
            ? DriftDetector.Assess(
                past.Sessions, RewardSample.Read(session.Id, rewarded.RewardStats!.Value), rules.Safety.Drift, session.LearningKey)
            : null;

        // A review made while the judge was working takes precedence over figures.
        var review = session.ReviewedBy is not null
            ? new RunReview(session.ReviewStatus, session.ReviewNotes)
            : fault is not null ? RunReview.AfterFault(fault)
            : RunReview.Decide(session.Status is SessionStatus.Succeeded, drift, rules.Safety.Review);
        var obstacle = TeachingRule.ReasonNotTo(
            rules.Learning, rules.Safety.Review, review.Status, drift is { Alert: true } || fault is not null, reward is not null);
        var metadata = new JsonObject();
        FinishMetadata.AddHistory(metadata, LearningHistory.Of(past, rules.Learning.HistoryLimit));
        FinishMetadata.AddReward(metadata, reward, drift);
        FinishMetadata.AddFault(metadata, fault);
        return new SessionJudgement
        {
            Obstacle = obstacle,
            Row = new SessionJudgementRow
            {
                SessionId = session.Id,
                Judge = reward is null ? null : judged.Judge,
                Reason = judged.Problem,
                RewardJson = judged.Reward?.GetRawText(),
                RewardStatsJson = judged.Stats?.GetRawText(),
                RewardAuditJson = judged.Audit.GetRawText(),
                Cost = judged.Cost,
                ReviewStatus = review.Status,
                ReviewNotes = review.Note,
                MetadataJson = metadata.ToJsonString(),
                Delivery = rules.Learning is { Enabled: true, UpdateEnabled: true } && session.LearningKey is not null
                    ? new SessionDelivery(StoredOutcome.Of(rewarded) with { Quarantined = review.Status is ReviewStatus.Quarantined }, obstacle is null)
                    : null,
                FinishedAt = now,
            },
        };
    }
}
