using System.ComponentModel.DataAnnotations;

namespace Atlas.Storage.Events;

/// <summary>How appends of trajectory events are gathered into batches.</summary>
public sealed record EventAppenderOptions
{
    /// <summary>The number of batches that can be written concurrently.</summary>
    /// <value>The default is 2.</value>
    [Range(1, 16)]
    public int Pumps { get; init; } = 2;

    /// <summary>The number of appends that can wait; further callers wait until there is room.</summary>
    /// <value>The default is 4096.</value>
    [Range(1, 1_000_000)]
    public int Capacity { get; init; } = 4096;

    /// <summary>The number of events in one statement; a larger append gets its own statement.</summary>
    /// <value>The default is 2000.</value>
    [Range(1, 100_000)]
    public int MaxEventsPerBatch { get; init; } = 2000;

    /// <summary>The number of characters of JSON in one statement; a larger append gets its own statement.</summary>
    /// <value>The default is 4,000,000.</value>
    [Range(1, 100_000_000)]
    public int MaxCharactersPerBatch { get; init; } = 4_000_000;
}
