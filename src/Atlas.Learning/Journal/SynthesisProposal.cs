using System.Collections.Immutable;
using System.Text.Json;
using Atlas.Domain;
using Atlas.Learning.Synthesis;

namespace Atlas.Learning.Journal;

/// <summary>What a synthesizer proposes, and on what basis.</summary>
public sealed record SynthesisProposal
{
    /// <summary>The synthesizer's name.</summary>
    public required string Synthesizer { get; init; }

    /// <summary>The key as the synthesizer saw it.</summary>
    public required LearningKeyState Snapshot { get; init; }

    /// <summary>The sessions that waited for it, in the order of arrival.</summary>
    public required ImmutableArray<long> SessionIds { get; init; }

    /// <summary>All sessions that the synthesizer was shown, including those of earlier syntheses.</summary>
    public ImmutableArray<long> Evidence { get; init; } = [];

    /// <summary>The answer, any JSON.</summary>
    public required JsonElement Answer { get; init; }

    /// <summary>Why the synthesizer proposed nothing; null if it did propose something.</summary>
    public string? Silence { get; init; }

    /// <summary>The cost of the answer, and of earlier ones that came too late for the key; null if no language model was called.</summary>
    public TokenUsage? Cost { get; init; }

    /// <summary>The number of syntheses by a language model that it took.</summary>
    public int Spent { get; init; }

    /// <summary>The record of the call; null if there is none.</summary>
    public JsonElement? Audit { get; init; }

    /// <summary>The sessions behind its entries; null if one session is enough.</summary>
    public SynthesisSupport? Support { get; init; }

    /// <summary>Options and evidence for judging the answer.</summary>
    public required SynthesisContext Context { get; init; }
}
