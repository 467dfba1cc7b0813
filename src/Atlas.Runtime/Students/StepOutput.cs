using System.Text.Json.Nodes;
using Atlas.Runtime.Agents;

namespace Atlas.Runtime.Students;

/// <summary>The student's report on a step.</summary>
/// <param name="Text">Its last message, unchanged.</param>
/// <param name="Deliverable">The deliverable of the step; the text if none is given.</param>
/// <param name="Artifacts">Other results, by name.</param>
/// <param name="Result">The result as a whole.</param>
/// <param name="Status">The reported status, such as <c>ok</c>; null if none is given.</param>
/// <param name="Reason">The reported reason; null if none is given.</param>
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

    /// <summary>Converts to the form of <c>structured_output</c>.</summary>
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

    /// <summary>Returns what later steps see of it.</summary>
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
