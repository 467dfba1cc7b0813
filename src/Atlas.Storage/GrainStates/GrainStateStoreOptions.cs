using System.ComponentModel.DataAnnotations;

namespace Atlas.Storage.GrainStates;

/// <summary>How the writes of grain states are gathered.</summary>
public sealed record GrainStateStoreOptions
{
    /// <summary>Statements that may be under way at once. A second one is prepared while the database commits the first.</summary>
    /// <value>The default is 2.</value>
    [Range(1, 16)]
    public int Pumps { get; init; } = 2;

    /// <summary>Writes that may wait; further callers wait until there is room.</summary>
    /// <value>The default is 8192.</value>
    [Range(1, 1_000_000)]
    public int Capacity { get; init; } = 8192;

    /// <summary>Rows in one statement.</summary>
    /// <value>The default is 256.</value>
    [Range(1, 10_000)]
    public int MaxRowsPerBatch { get; init; } = 256;

    /// <summary>Bytes of JSON in one statement; a state that is larger makes a statement of its own.</summary>
    /// <value>The default is 4,000,000.</value>
    [Range(1, 100_000_000)]
    public int MaxBytesPerBatch { get; init; } = 4_000_000;
}
