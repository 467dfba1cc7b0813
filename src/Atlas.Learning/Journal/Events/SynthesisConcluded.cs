using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Atlas.Domain;
using Atlas.Learning.Meaning;

namespace Atlas.Learning.Journal;

/// <summary>A synthesis ended and its sessions no longer wait, whether or not the playbook changed.</summary>
public sealed record SynthesisConcluded : LearningKeyEvent
{
    public required ImmutableArray<long> SessionIds { get; init; }

    /// <summary>How many older sessions it took besides these; see <see cref="LearningKeyState.MorePending"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long MoreSessions { get; init; }

    /// <summary><c>changed</c>, <c>unchanged</c>, <c>rejected</c> or <c>silent</c> (the synthesizer proposed nothing).</summary>
    public required string Outcome { get; init; }

    public required string Synthesizer { get; init; }

    public string? Reason { get; init; }

    /// <summary>The cost of its language model calls, including those whose answer came too late for the key; null if there were
    /// none.</summary>
    public TokenUsage? Cost { get; init; }

    /// <summary>The number of syntheses by a language model that it took, including those whose answer came too late for the key.</summary>
    public int Spent { get; init; }

    /// <summary>The hourly limit at the time; 0 for none.</summary>
    public int HourlyLimit { get; init; }

    /// <summary>Whether an hour of the budget begins with it although the clock had put the last one into the future.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool BeginsHour { get; init; }

    /// <summary>The model call, with request and answer. Only the journal keeps it.</summary>
    public JsonElement? Audit { get; init; }

    /// <summary>Existing candidates that it supports.</summary>
    public ImmutableArray<EntryIntroduction> Supported { get; init; } = [];

    /// <summary>The sessions on which each entry of the answer is based, by entry id: those it cites; if it cites none, the newest session,
    /// or all that a synthesizer without a language model was shown. Null in older events, and if the answer has no entries.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableSortedDictionary<string, ImmutableArray<long>>? Basis { get; init; }

    /// <summary>Entries of the answer that repeat known rules in other words, and what happened to each; null for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableArray<MeaningFinding>? Meanings { get; init; }

    /// <summary>The registry's metadata afterwards; null leaves it unchanged.</summary>
    public ImmutableSortedDictionary<string, JsonElement>? Metadata { get; init; }
}
