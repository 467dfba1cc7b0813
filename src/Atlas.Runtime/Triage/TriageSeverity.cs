namespace Atlas.Runtime.Triage;

/// <summary>The words for how bad a risk is.</summary>
public static class TriageSeverity
{
    public const string Low = "low";
    public const string Moderate = "moderate";
    public const string High = "high";
    public const string Critical = "critical";

    /// <summary>One of the four words for what people write instead of them; <c>moderate</c> for anything else.</summary>
    public static string Of(string? word) => word?.Trim().ToLowerInvariant() switch
    {
        "low" or "minor" or "sev3" or "p3" => Low,
        "high" or "major" or "sev1" or "p1" => High,
        "critical" or "sev0" or "p0" => Critical,
        _ => Moderate,
    };
}
