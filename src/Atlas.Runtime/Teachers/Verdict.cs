using System.Text.Json.Nodes;

namespace Atlas.Runtime.Teachers;

/// <summary>What the teacher makes of an attempt.</summary>
/// <param name="IsValid">Whether the step is done.</param>
/// <param name="Guidance">What to do differently; null if it does not say.</param>
/// <param name="Record">The verdict as it is stored: <c>evaluation.validation</c>.</param>
internal sealed record Verdict(bool IsValid, string? Guidance, JsonObject Record)
{
    /// <summary>Nobody judged.</summary>
    /// <param name="skipped">Whether somebody would have, had it not been the last attempt.</param>
    public static Verdict NotAsked(bool skipped)
    {
        var record = new JsonObject { ["valid"] = true, ["guidance"] = null };
        if (skipped)
        {
            record["skipped"] = true;
        }

        return new Verdict(true, null, record);
    }
}
