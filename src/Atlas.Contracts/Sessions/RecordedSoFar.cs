using System.Text.Json;

namespace Atlas.Contracts.Sessions;

/// <summary>What a recorder knows about a session that has not ended yet.</summary>
/// <param name="FinalAnswer">The text of the last answer; null if there was none.</param>
/// <param name="HasFailed">Whether the last call failed.</param>
/// <param name="At">When the last call ended.</param>
[GenerateSerializer, Immutable, Alias("atlas.recorded-so-far")]
public sealed record RecordedSoFar(
    [property: Id(0)] string? FinalAnswer,
    [property: Id(1)] bool HasFailed,
    [property: Id(2)] DateTimeOffset At)
{
    /// <summary>Gets the metadata to store when the session ends, a JSON object with <c>token_usage</c>; null for none.</summary>
    [Id(3)]
    public JsonElement? Metadata { get; init; }
}
