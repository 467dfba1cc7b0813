namespace Atlas.Runtime.Triage;

/// <summary>The words for the severity of a risk.</summary>
public static class TriageSeverity
{
    public const string Low = "low";
    public const string Moderate = "moderate";
    public const string High = "high";
    public const string Critical = "critical";

    /// <summary>Maps a word to one of the four severities; anything unknown becomes <c>moderate</c>.</summary>
    public static string Of(string? word) => word?.Trim().ToLowerInvariant() switch
    {
        "low" or "minor" or "sev3" or "p3" => Low,
        "high" or "major" or "sev1" or "p1" => High,
        "critical" or "sev0" or "p0" => Critical,
        _ => Moderate,
    };
}
