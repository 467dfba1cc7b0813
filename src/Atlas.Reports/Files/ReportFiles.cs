using System.Text.Json.Serialization;

namespace Atlas.Reports.Files;

/// <summary>The files of one key, relative to the folder of the index or as they were named.</summary>
public sealed record ReportFiles
{
    public required string Json { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Markdown { get; init; }

    /// <summary>The earlier run's file that it was compared with.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Comparison { get; init; }
}
