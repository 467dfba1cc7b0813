using System.Collections.Immutable;
using System.Text.Json;
using Atlas.Domain;

namespace Atlas.Import;

/// <summary>A recorded agent run in the terms of Atlas, ready to be stored as a session.</summary>
/// <remarks>Holds only what an agent could have seen or said. Reference answers of the data set never get here.</remarks>
public sealed record RecordedRun
{
    /// <summary>Place of the record in its source, from 0.</summary>
    public required int Index { get; init; }

    /// <summary>The record's own identity, its source's name for it and a hash of its content: the same record gives the same
    /// text from whatever file it is read. Not yet bound to a learning key.</summary>
    public required string ExternalId { get; init; }

    /// <summary>The task text; not blank.</summary>
    public required string Task { get; init; }

    /// <summary>A JSON object with where the record comes from; goes into the session's metadata.</summary>
    public required JsonElement Metadata { get; init; }

    /// <summary>The trajectory events in order, each a JSON object of the form of <c>trajectory_events.event</c>.</summary>
    public required ImmutableArray<JsonElement> Events { get; init; }

    /// <summary>The student's last words; null if it never said anything.</summary>
    public string? FinalAnswer { get; init; }

    /// <summary>The reward, 0 to 1, as the record has it; null if it has none.</summary>
    public double? Score { get; init; }

    /// <summary>Who gave the reward; null if nobody did.</summary>
    public string? Judge { get; init; }

    /// <summary><c>succeeded</c>: the run came to its end. How well it did is the reward's affair.</summary>
    public SessionStatus Status { get; init; } = SessionStatus.Succeeded;

    /// <summary>When the run began; null if the record does not say.</summary>
    public DateTimeOffset? StartedAt { get; init; }
}
