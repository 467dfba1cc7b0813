using System.Text.Json.Nodes;
using Atlas.Runtime.Agents;

namespace Atlas.Runtime.Students;

/// <summary>What the student says a step brought.</summary>
/// <param name="Text">Its last message, as it stands.</param>
/// <param name="Deliverable">What the step was to bring; the text if it does not say.</param>
/// <param name="Artifacts">What else came out, by name.</param>
/// <param name="Result">The result as a whole.</param>
/// <param name="Status">What it says of itself, say <c>ok</c>; null if nothing.</param>
/// <param name="Reason">Why; null if it does not say.</param>
internal sealed record StepOutput(string Text, JsonNode? Deliverable, JsonObject Artifacts, JsonNode Result, string? Status, JsonNode? Reason)
{
    public static StepOutput Read(string text)
    {
        var answer = ReplyJson.WholeObject(text);
        var result = answer?["result"] as JsonObject;
        var deliverable = result?["deliverable"]?.DeepClone() ?? text;
        var artifacts = (result?["artifacts"] as JsonObject)?.DeepClone() as JsonObject ?? [];
        var status = JsonValues.Text(answer?["status"]).Trim();
        return new StepOutput(
            text,
            deliverable,
            artifacts,
            result?.DeepClone() ?? new JsonObject { ["deliverable"] = deliverable.DeepClone(), ["artifacts"] = artifacts.DeepClone() },
            status.Length == 0 ? null : status,
            answer?["reason"]?.DeepClone());
    }

    /// <summary>As <c>structured_output</c>.</summary>
    public JsonObject ToJson()
    {
        var json = new JsonObject();
        if (Status is not null)
        {
            json["status"] = Status;
        }

        json["text"] = Text;
        json["deliverable"] = Deliverable?.DeepClone();
        json["artifacts"] = Artifacts.DeepClone();
        json["result"] = Result.DeepClone();
        if (Reason is not null)
        {
            json["reason"] = Reason.DeepClone();
        }

        return json;
    }

    /// <summary>What later steps are told.</summary>
    public JsonObject ToContextEntry()
    {
        var entry = new JsonObject
        {
            ["output_text"] = Text,
            ["artifacts"] = Artifacts.DeepClone(),
            ["deliverable"] = Deliverable?.DeepClone(),
        };
        if (Reason is not null)
        {
            entry["reason"] = Reason.DeepClone();
        }

        entry["structured_output"] = ToJson();
        return entry;
    }
}
