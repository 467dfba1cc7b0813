using System.Text.Json.Nodes;

namespace Atlas.Runtime.Teachers;

/// <summary>The teacher's verdict on an attempt.</summary>
/// <param name="IsValid">Whether the step is done.</param>
/// <param name="Guidance">What to do differently; null if not given.</param>
/// <param name="Record">The verdict as it is stored: <c>evaluation.validation</c>.</param>
internal sealed record Verdict(bool IsValid, string? Guidance, JsonObject Record)
{
    /// <summary>Creates the verdict of an attempt that nobody validated.</summary>
    /// <param name="skipped">Whether it was skipped because it was the last attempt.</param>
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
