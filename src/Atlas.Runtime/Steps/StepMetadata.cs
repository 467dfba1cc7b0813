using System.Text.Json.Nodes;
using Atlas.Learning.Text;
using Atlas.Models.Providers;
using Atlas.Runtime.Students;

namespace Atlas.Runtime.Steps;

/// <summary>What is stored about an attempt, in the form of <c>step_results.metadata</c>.</summary>
internal static class StepMetadata
{
    public static JsonObject Write(StudentAttempt attempt, JsonObject timings)
    {
        var output = attempt.Output;
        var metadata = new JsonObject();
        if (attempt.Thoughts.Length > 0)
        {
            metadata["reasoning"] = new JsonArray([.. attempt.Thoughts.Select(thoughts => new JsonObject
            {
                ["origin"] = "student",
                ["payload"] = new JsonObject { ["reasoning_content"] = thoughts },
            })]);
        }

        if (attempt.Usage is { } usage)
        {
            metadata["usage"] = usage.ToJson();
        }

        if (output.Status is not null)
        {
            metadata["status"] = output.Status;
        }

        if (output.Reason is not null)
        {
            metadata["reason"] = output.Reason.DeepClone();
        }

        metadata["text"] = output.Text;
        metadata["artifacts"] = output.Artifacts.DeepClone();
        metadata["deliverable"] = output.Deliverable?.DeepClone();
        metadata["result"] = output.Result.DeepClone();
        metadata["structured_output"] = output.ToJson();
        if (attempt.Tools.Length > 0)
        {
            metadata["tools"] = new JsonArray([.. attempt.Tools.Select(tool => (JsonNode)tool)]);
        }

        metadata["runtime"] = new JsonObject { ["reward_skipped"] = true, ["timings_ms"] = timings.DeepClone() };
        return (JsonObject)JsonDigest.Shallow(metadata)!;
    }
}
