using System.Collections.Immutable;
using System.Text.Json;

namespace Atlas.Learning.Journal;

/// <summary>A synthesis ended and its sessions no longer wait, whether or not it changed the playbook.</summary>
public sealed record SynthesisConcluded : LearningKeyEvent
{
    public required ImmutableArray<long> SessionIds { get; init; }

    /// <summary><c>changed</c>, <c>unchanged</c>, <c>rejected</c> or <c>silent</c> (it had nothing to say).</summary>
    public required string Outcome { get; init; }

    public required string Synthesizer { get; init; }

    public string? Reason { get; init; }

    /// <summary>The registry's metadata after it; null leaves it as it was.</summary>
    public ImmutableSortedDictionary<string, JsonElement>? Metadata { get; init; }
}
