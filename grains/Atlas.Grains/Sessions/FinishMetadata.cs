using System.Text.Json;
using System.Text.Json.Nodes;
using Atlas.Contracts.Sessions;
using Atlas.Learning.Drift;
using Atlas.Learning.History;
using Atlas.Learning.Json;
using Atlas.Learning.Options;
using Atlas.Learning.Rewards;

namespace Atlas.Grains.Sessions;

/// <summary>The keys that the end of a session adds to its metadata, under the names that reports and exports read.</summary>
internal static class FinishMetadata
{
    public static JsonObject Write(
        CompleteSession completion, RewardRecords? reward, DriftAssessment? drift, LearningHistory history, ReviewOptions review)
    {
        var metadata = CallerMetadata.Read(completion.MetadataJson);
        metadata["review"] = new JsonObject
        {
            ["require_approval"] = review.RequireApproval,
            ["default_export_statuses"] = new JsonArray([.. review.DefaultExportStatuses.Select(status => JsonValue.Create(status))]),
            ["include_all_statuses"] = review.DefaultExportStatuses.IsEmpty,
        };
        metadata["learning_history"] = JsonSerializer.SerializeToNode(history, AtlasJson.Options);
        if (reward is not null)
        {
            metadata["session_reward"] = reward.Reward.DeepClone();
            metadata["reward_stats"] = reward.Stats.DeepClone();
            metadata["reward_summary"] = new JsonObject { ["score"] = completion.Reward!.Score };
        }

        if (drift is not null)
        {
            metadata["drift"] = JsonSerializer.SerializeToNode(drift, AtlasJson.Options);
            metadata["drift_alert"] = drift.Alert;
        }

        return metadata;
    }
}
