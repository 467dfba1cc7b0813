using System.Collections.Immutable;
using Atlas.Learning.Journal;
using Atlas.Learning.Playbooks;

namespace Atlas.Cli.Playbooks;

/// <summary>The document of <c>atlas playbook show --json</c>.</summary>
internal sealed record PlaybookDocument
{
    public required string LearningKey { get; init; }

    /// <summary>The version that sessions are given, and that this document shows; 0 while the key has learned nothing.</summary>
    public required int Version { get; init; }

    /// <summary>The newest version; a candidate, if it is another one.</summary>
    public required int NewestVersion { get; init; }

    public required DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>SHA-256 over everything that the version contains; null for version 0.</summary>
    public required string? ContentSha256 { get; init; }

    public required long SessionsObserved { get; init; }

    public required long SessionsApplied { get; init; }

    /// <summary>How many sessions wait for the next synthesis, or to be counted after a silo died.</summary>
    public required int Pending { get; init; }

    public required ImmutableArray<long> PendingSessionIds { get; init; }

    public required bool Frozen { get; init; }

    /// <summary>How the last synthesis went, what all of them cost, and what the hour still allows.</summary>
    public required SynthesisDocument Synthesis { get; init; }

    /// <summary>Whether new versions wait to be promoted, who said so and why; null if nothing was said of this key, so that
    /// <c>learning.apply_to_prompts</c> decides.</summary>
    public required Staging? Staging { get; init; }

    /// <summary>Which version it is pinned to, by whom and why; null if it is not.</summary>
    public required Pin? Pinned { get; init; }

    public required RolesDocument Roles { get; init; }

    public required ImmutableArray<PlaybookEntry> Entries { get; init; }
}
