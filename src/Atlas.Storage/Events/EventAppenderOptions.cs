using System.ComponentModel.DataAnnotations;

namespace Atlas.Storage.Events;

/// <summary>How appends of trajectory events are gathered.</summary>
public sealed record EventAppenderOptions
{
    /// <summary>Batches that may be under way at once.</summary>
    /// <value>The default is 2.</value>
    [Range(1, 16)]
    public int Pumps { get; init; } = 2;

    /// <summary>Appends that may wait; further callers wait until there is room.</summary>
    /// <value>The default is 4096.</value>
    [Range(1, 1_000_000)]
    public int Capacity { get; init; } = 4096;

    /// <summary>Events in one statement; an append that is larger makes a statement of its own.</summary>
    /// <value>The default is 2000.</value>
    [Range(1, 100_000)]
    public int MaxEventsPerBatch { get; init; } = 2000;

    /// <summary>Characters of JSON in one statement; an append that is larger makes a statement of its own.</summary>
    /// <value>The default is 4,000,000.</value>
    [Range(1, 100_000_000)]
    public int MaxCharactersPerBatch { get; init; } = 4_000_000;
}
