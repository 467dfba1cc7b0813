using System.Text.Json;
using System.Text.Json.Nodes;
using Atlas.Learning.Injection;

namespace Atlas.Models.Judges.Ensemble;

/// <summary>The session as JSON of bounded size.</summary>
internal static class SessionEvidence
{
    /// <summary>Returns everything that a judge can see.</summary>
    public static JsonObject Document(JudgeRequest request, JudgeEnsembleOptions options) => new()
    {
        ["task"] = Clipped.Middle(EchoGuard.Remove(request.Task), options.TextCharacters),
        ["execution_mode"] = request.ExecutionMode,
        ["teacher_intervened"] = request.TeacherIntervened,
        ["plan"] = Clipped.Json(request.Plan, options.TextCharacters / 2),
        ["steps"] = StepDigest.Of(request.Steps.IsDefault ? [] : request.Steps, request.Injected, options.StepCharacters),
        ["final_answer"] = Clipped.Middle(request.Injected.Remove(request.FinalAnswer), options.TextCharacters),
        ["session_metadata"] = Metadata(request.Metadata, options),
    };

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
