using System.Collections.Immutable;
using System.Text.Json;
using Atlas.Domain;

namespace Atlas.Import;

/// <summary>A recorded agent run in Atlas's terms, ready to be stored as a session.</summary>
/// <remarks>Contains only what an agent could have seen or said. Reference answers of the data set never get here.</remarks>
public sealed record RecordedRun
{
    /// <summary>Gets the position of the record in its source, from 0.</summary>
    public required int Index { get; init; }

    /// <summary>Gets the record's own identity: its source's name for it and a hash of its content. The same record has the same identity
    /// whatever file it is read from. Not yet bound to a learning key.</summary>
    public required string ExternalId { get; init; }

    /// <summary>Gets the identity that an earlier version of Atlas gave the record, which counts if what is stored under it has the same
    /// member <c>import</c> in its metadata; null for none.</summary>
    public string? FormerId { get; init; }

    /// <summary>Gets the task text; not blank.</summary>
    public required string Task { get; init; }

    /// <summary>Gets a JSON object that describes where the record comes from; becomes part of the session's metadata.</summary>
    public required JsonElement Metadata { get; init; }

    /// <summary>Gets the trajectory events in order, each a JSON object in the form of <c>trajectory_events.event</c>.</summary>
    public required ImmutableArray<JsonElement> Events { get; init; }

    /// <summary>Gets the student's last words; null if it never said anything.</summary>
    public string? FinalAnswer { get; init; }

    /// <summary>Gets the reward, 0 to 1, as recorded; null if there is none.</summary>
    public double? Score { get; init; }

    /// <summary>Gets who gave the reward; null if nobody did.</summary>
    public string? Judge { get; init; }

    /// <summary>Gets the status. <c>succeeded</c> means that the run completed; the reward says how well.</summary>
    public SessionStatus Status { get; init; } = SessionStatus.Succeeded;

    /// <summary>Gets when the run began; null if the record does not say.</summary>
    public DateTimeOffset? StartedAt { get; init; }
}
