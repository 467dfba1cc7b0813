using System.ComponentModel.DataAnnotations;

namespace Atlas.Storage.GrainStates;

/// <summary>How writes of grain states are gathered into batches.</summary>
public sealed record GrainStateStoreOptions
{
    /// <summary>The number of statements that can be in progress at once. A second one is prepared while the database commits the
    /// first.</summary>
    /// <value>The default is 2.</value>
    [Range(1, 16)]
    public int Pumps { get; init; } = 2;

    /// <summary>The number of writes that can wait; further callers wait until there is room.</summary>
    /// <value>The default is 8192.</value>
    [Range(1, 1_000_000)]
    public int Capacity { get; init; } = 8192;

    /// <summary>The number of rows in one statement.</summary>
    /// <value>The default is 256.</value>
    [Range(1, 10_000)]
    public int MaxRowsPerBatch { get; init; } = 256;

    /// <summary>The number of bytes of JSON in one statement; a larger state gets its own statement.</summary>
    /// <value>The default is 4,000,000.</value>
    [Range(1, 100_000_000)]
    public int MaxBytesPerBatch { get; init; } = 4_000_000;
}
