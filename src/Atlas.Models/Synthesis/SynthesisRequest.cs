using Atlas.Learning.Journal;
using System.Collections.Immutable;
using Atlas.Domain.Playbooks;
using Atlas.Learning.History;
using Atlas.Learning.Options;

namespace Atlas.Models.Synthesis;

/// <summary>The input of a synthesizer: a snapshot of one learning key.</summary>
public sealed record SynthesisRequest
{
    public required string LearningKey { get; init; }

    /// <summary>Gets what the key has learned so far.</summary>
    public LearnedPlaybook Current { get; init; } = LearnedPlaybook.Empty;

    /// <summary>Gets sessions that can teach, newest first. The caller limits their number, for example to 200.</summary>
    public ImmutableArray<RewardedSession> Sessions { get; init; } = [];

    /// <summary>Gets those among <see cref="Sessions"/> that no synthesis has seen yet.</summary>
    public ImmutableArray<long> PendingSessionIds { get; init; } = [];

    /// <summary>Gets a summary of the key's past sessions, with the newest ones.</summary>
    public LearningHistory History { get; init; } = new();

    /// <summary>Gets what withholding entries at random has shown; null if nothing was on trial.</summary>
    public KeyFindings? Findings { get; init; }

    /// <summary>Gets the names of the agents' tools; empty if unknown.</summary>
    public ImmutableArray<string> RuntimeHandles { get; init; } = [];

    /// <summary>Gets the key's settings: schema, gates, limits.</summary>
    public LearningOptions Options { get; init; } = new();
}
