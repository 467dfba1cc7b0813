using System.Text.Json.Nodes;
using Atlas.Runtime.Teachers;

namespace Atlas.Runtime.Steps;

/// <summary>Makes <c>{validation, reward}</c>. Single steps have no reward of their own: sessions are judged as a whole.</summary>
internal static class StepEvaluation
{
    public static JsonObject Of(Verdict verdict)
    {
        var reason = verdict.IsValid ? "deferred" : "validation_failed";
        return Write((JsonObject)verdict.Record.DeepClone(), reason, new JsonObject { ["skipped"] = true, ["reason"] = reason });
    }

    public static JsonObject Crashed(string error) => Write(
        new JsonObject { ["valid"] = false, ["error"] = error }, "runtime_error", new JsonObject { ["error"] = error });

    private static JsonObject Write(JsonObject validation, string rationale, JsonObject raw) => new()
    {
        ["validation"] = validation,
        ["reward"] = new JsonObject { ["score"] = 0.0, ["judges"] = new JsonArray(), ["rationale"] = rationale, ["raw"] = raw },
    };
}
