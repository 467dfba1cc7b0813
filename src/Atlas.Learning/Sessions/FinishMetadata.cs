using System.Text.Json;
using System.Text.Json.Nodes;
using Atlas.Domain.Json;
using Atlas.Domain.Sessions;
using Atlas.Learning.Drift;
using Atlas.Learning.History;
using Atlas.Learning.Options;
using Atlas.Learning.Rewards;

namespace Atlas.Learning.Sessions;

/// <summary>The keys that the end of a session adds to its metadata, with the names that reports and exports read.</summary>
public static class FinishMetadata
{
    public static JsonObject Write(
        CompleteSession completion, RewardRecords? reward, DriftAssessment? drift, LearningHistory history, ReviewOptions review,
        string? fault = null)
    {
        var metadata = CallerJson.Object(completion.Metadata, "metadata");
        metadata["review"] = new JsonObject
        {
            ["require_approval"] = review.RequireApproval,
            ["default_export_statuses"] = new JsonArray([.. review.DefaultExportStatuses.Select(status => JsonValue.Create(status))]),
            ["include_all_statuses"] = review.DefaultExportStatuses.IsEmpty,
        };
        AddHistory(metadata, history);
        AddReward(metadata, reward, drift);
        AddFault(metadata, fault);
        return metadata;
    }

    public static void AddHistory(JsonObject metadata, LearningHistory history) =>
        metadata["learning_history"] = JsonSerializer.SerializeToNode(history, AtlasJson.Options);

    /// <summary>A session that was not compared with earlier ones counts as an alert: a person has to look.</summary>
    public static void AddFault(JsonObject metadata, string? fault)
    {
        if (fault is not null)
        {
            metadata["fault"] = fault;
            metadata["drift_alert"] = true;
        }
    }

    public static void AddReward(JsonObject metadata, RewardRecords? reward, DriftAssessment? drift)
    {
        if (reward is not null)
        {
            metadata["session_reward"] = reward.Reward.DeepClone();
            metadata["reward_stats"] = reward.Stats.DeepClone();
            metadata["reward_summary"] = Summary(reward);
        }

        if (drift is not null)
        {
            metadata["drift"] = JsonSerializer.SerializeToNode(drift, AtlasJson.Options);
            metadata["drift_alert"] = drift.Alert;
        }
    }

    private static JsonObject Summary(RewardRecords reward)
    {
        var summary = new JsonObject { ["score"] = reward.Reward["score"]?.DeepClone() };
        foreach (var name in (string[])["score_stddev", "uncertainty_mean", "uncertainty_stddev"])
        {
            if (reward.Stats[name] is { } figure)
            {
                summary[name] = figure.DeepClone();
            }
        }

        return summary;
    }
}
