using System.Text.Json;
using System.Text.Json.Nodes;
using Atlas.Learning.Json;

namespace Atlas.Models.Judges.Ensemble;

/// <summary>The session as JSON, bounded in size, and the same between delimiters that nothing inside can close.</summary>
internal static class SessionEvidence
{
    private const string Open = "<session>";
    private const string Close = "</session>";

    /// <summary>Everything a judge may see.</summary>
    public static JsonObject Document(JudgeRequest request, JudgeEnsembleOptions options) => new()
    {
        ["task"] = Clipped.Middle(request.Task, options.TextCharacters),
        ["execution_mode"] = request.ExecutionMode,
        ["teacher_intervened"] = request.TeacherIntervened,
        ["plan"] = Clipped.Json(request.Plan, options.TextCharacters / 2),
        ["steps"] = StepDigest.Of(request.Steps.IsDefault ? [] : request.Steps, options.StepCharacters),
        ["final_answer"] = Clipped.Middle(request.FinalAnswer, options.TextCharacters),
        ["session_metadata"] = Metadata(request.Metadata, options),
    };

    /// <summary>The text of a user message that holds the document.</summary>
    public static string Delimited(JsonObject document)
    {
        // In JSON a '<' can only be inside a text, where its escape means the same; so no text can close the delimiters.
        var json = document.ToJsonString(AtlasJson.Options).Replace("<", "\\u003c", StringComparison.Ordinal);
        return $"{Open}\n{json}\n{Close}";
    }

    private static JsonObject Metadata(JsonElement metadata, JudgeEnsembleOptions options)
    {
        var seen = new JsonObject();
        if (metadata.ValueKind == JsonValueKind.Object)
        {
            foreach (var key in options.MetadataKeys)
            {
                if (metadata.TryGetProperty(key, out var value))
                {
                    seen[key] = Clipped.Json(value, options.TextCharacters / 8);
                }
            }
        }

        return seen;
    }
}
