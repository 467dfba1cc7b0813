using Atlas.Learning.Journal;
using System.Collections.Immutable;
using Atlas.Domain.Playbooks;
using Atlas.Learning.History;
using Atlas.Learning.Options;

namespace Atlas.Models.Synthesis;

/// <summary>What a synthesizer is given: a snapshot of one learning key.</summary>
public sealed record SynthesisRequest
{
    public required string LearningKey { get; init; }

    /// <summary>What the key has learned so far.</summary>
    public LearnedPlaybook Current { get; init; } = LearnedPlaybook.Empty;

    /// <summary>Sessions that may teach, newest first. The caller bounds their number, to 200 say.</summary>
    public ImmutableArray<RewardedSession> Sessions { get; init; } = [];

    /// <summary>Those among <see cref="Sessions"/> that no synthesis has seen yet.</summary>
    public ImmutableArray<long> PendingSessionIds { get; init; } = [];

    /// <summary>The past sessions of the key, summed up, with the newest ones.</summary>
    public LearningHistory History { get; init; } = new();

    /// <summary>What withholding at random has shown of the entries; null where nothing was tried.</summary>
    public KeyFindings? Findings { get; init; }

    /// <summary>Names of the tools the agents have; empty if the caller knows of none.</summary>
    public ImmutableArray<string> RuntimeHandles { get; init; } = [];

    /// <summary>The key's settings: schema, gates, limits.</summary>
    public LearningOptions Options { get; init; } = new();
}
