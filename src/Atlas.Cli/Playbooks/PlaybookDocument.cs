using System.Collections.Immutable;
using Atlas.Learning.Playbooks;

namespace Atlas.Cli.Playbooks;

/// <summary>The document of <c>atlas playbook show --json</c>.</summary>
internal sealed record PlaybookDocument
{
    public required string LearningKey { get; init; }

    /// <summary>The version of the playbook; 0 while the key has learned nothing.</summary>
    public required int Version { get; init; }

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

    public required RolesDocument Roles { get; init; }

    public required ImmutableArray<PlaybookEntry> Entries { get; init; }
}
