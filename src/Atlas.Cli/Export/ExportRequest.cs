using Atlas.Queries.Training;

namespace Atlas.Cli.Export;

/// <summary>The options of an export.</summary>
internal sealed record ExportRequest
{
    public required string Output { get; init; }

    public bool Parquet { get; init; }

    /// <summary>Gets the database to use instead of the workspace's.</summary>
    public string? Database { get; init; }

    public required TrainingFilter Filter { get; init; }

    /// <summary>Gets the maximum number of sessions to look at, whether or not they pass the filters.</summary>
    public int? RowLimit { get; init; }

    /// <summary>Gets the number of newest sessions to skip, whether or not they pass the filters.</summary>
    public int RowOffset { get; init; }
}
