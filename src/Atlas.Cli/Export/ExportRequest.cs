using Atlas.Queries.Training;

namespace Atlas.Cli.Export;

/// <summary>What an export is asked for.</summary>
internal sealed record ExportRequest
{
    public required string Output { get; init; }

    public bool Parquet { get; init; }

    /// <summary>Another database than that of the workspace.</summary>
    public string? Database { get; init; }

    public required TrainingFilter Filter { get; init; }

    /// <summary>At most so many sessions are looked at, whether or not they pass the filters.</summary>
    public int? RowLimit { get; init; }

    /// <summary>So many of the newest sessions are left out, whether or not they pass the filters.</summary>
    public int RowOffset { get; init; }
}
