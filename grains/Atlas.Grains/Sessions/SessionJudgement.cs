using System.Text.Json;
using System.Text.Json.Nodes;
using Atlas.Grains.Hosting;
using Atlas.Grains.Judging;
using Atlas.Learning.Drift;
using Atlas.Learning.Json;
using Atlas.Learning.Review;
using Atlas.Learning.Rewards;
using Atlas.Storage.Sessions;

namespace Atlas.Grains.Sessions;

/// <summary>Decides all that the end of a judging writes, and what the learning key is told. Pure.</summary>
internal sealed class SessionJudgement
{
    /// <summary>What is stored, in one transaction.</summary>
    public required SessionJudgementRow Row { get; init; }

    /// <summary>Why the session does not teach; null if it does.</summary>
    public required string? Obstacle { get; init; }

    public static SessionJudgement Decide(
        StoredSession session, JudgedSession judged, PastRewards past, LearningRules rules, DateTimeOffset now)
    {
        var reward = judged is { RewardJson: { } record, StatsJson: { } stats }
            ? new RewardRecords(JsonNode.Parse(record)!.AsObject(), JsonNode.Parse(stats)!.AsObject())
            : null;
        var rewarded = session with
        {
            Reward = reward is null ? null : JsonElement.Parse(judged.RewardJson!),
            RewardStats = reward is null ? null : JsonElement.Parse(judged.StatsJson!),
        };
        var drift = reward is not null && rules.Safety.Drift.Enabled
            ? DriftDetector.Assess(
                past.Window, RewardSample.Read(session.Id, rewarded.RewardStats!.Value), rules.Safety.Drift, session.LearningKey)
            : null;

        // Who looked at the session while its judge was working decided more than figures can.
        var review = session.ReviewedBy is not null
            ? new RunReview(session.ReviewStatus, session.ReviewNotes)
            : RunReview.Decide(session.Status is "succeeded", drift, rules.Safety.Review);
        var obstacle = TeachingRule.ReasonNotTo(
            rules.Learning, rules.Safety.Review, review.Status, drift is { Alert: true }, reward is not null);
        var metadata = new JsonObject();
        FinishMetadata.AddHistory(metadata, past.History(rules.Learning.HistoryLimit));
        FinishMetadata.AddReward(metadata, reward, drift);
        return new SessionJudgement
        {
            Obstacle = obstacle,
            Row = new SessionJudgementRow
            {
                SessionId = session.Id,
                Judge = reward is null ? null : judged.Judge,
                Reason = judged.Problem,
                RewardJson = judged.RewardJson,
                RewardStatsJson = judged.StatsJson,
                RewardAuditJson = judged.AuditJson,
                Cost = judged.Cost,
                ReviewStatus = review.Status,
                ReviewNotes = review.Note,
                MetadataJson = metadata.ToJsonString(),
                Delivery = rules.Learning is { Enabled: true, UpdateEnabled: true } && session.LearningKey is not null
                    ? new SessionDelivery(JsonSerializer.Serialize(StoredOutcome.Of(rewarded), AtlasJson.Options), obstacle is null)
                    : null,
                FinishedAt = now,
            },
        };
    }
}
