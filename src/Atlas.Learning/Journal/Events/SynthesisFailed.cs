using System.Text.Json.Serialization;
using Atlas.Domain;

namespace Atlas.Learning.Journal;

/// <summary>A synthesis failed; its sessions keep waiting.</summary>
public sealed record SynthesisFailed : LearningKeyEvent
{
    public required string Synthesizer { get; init; }

    public required string Reason { get; init; }

    /// <summary>The cost of the language model calls since the last synthesis on record, as far as it is known; null if there were none, and
    /// in older events.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public TokenUsage? Cost { get; init; }

    /// <inheritdoc cref="SynthesisConcluded.Spent"/>
    public int Spent { get; init; }

    /// <inheritdoc cref="SynthesisConcluded.HourlyLimit"/>
    public int HourlyLimit { get; init; }

    /// <inheritdoc cref="SynthesisConcluded.BeginsHour"/>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool BeginsHour { get; init; }

    public required int ConsecutiveFailures { get; init; }

    public required DateTimeOffset RetryAt { get; init; }
}
