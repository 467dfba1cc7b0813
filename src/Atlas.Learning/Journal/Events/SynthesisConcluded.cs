using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Atlas.Domain;

namespace Atlas.Learning.Journal;

/// <summary>A synthesis ended and its sessions no longer wait, whether or not it changed the playbook.</summary>
public sealed record SynthesisConcluded : LearningKeyEvent
{
    public required ImmutableArray<long> SessionIds { get; init; }

    /// <summary><c>changed</c>, <c>unchanged</c>, <c>rejected</c> or <c>silent</c> (it had nothing to say).</summary>
    public required string Outcome { get; init; }

    public required string Synthesizer { get; init; }

    public string? Reason { get; init; }

    /// <summary>What its calls of a language model cost; null where none was called.</summary>
    public TokenUsage? Cost { get; init; }

    /// <summary>Syntheses by a language model that it took, those included whose answer the key had outrun.</summary>
    public int Spent { get; init; }

    /// <summary>How many an hour allowed then; 0 for any number.</summary>
    public int HourlyLimit { get; init; }

    /// <summary>The call: what was asked and answered. Only the journal keeps it.</summary>
    public JsonElement? Audit { get; init; }

    /// <summary>Candidates of the playbook as it stays that it supports.</summary>
    public ImmutableArray<EntryIntroduction> Supported { get; init; } = [];

    /// <summary>The sessions that each entry of the answer rests on, by its id: those it cites; where it cites none, the one that came last, or all that a
    /// synthesizer without a language model was shown. Null in events from before, and where the answer has no entries.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableSortedDictionary<string, ImmutableArray<long>>? Basis { get; init; }

    /// <summary>The registry's metadata after it; null leaves it as it was.</summary>
    public ImmutableSortedDictionary<string, JsonElement>? Metadata { get; init; }
}
