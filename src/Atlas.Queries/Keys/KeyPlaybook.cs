using System.Collections.Immutable;
using Atlas.Domain.Playbooks;
using Atlas.Learning.Journal;

namespace Atlas.Queries.Keys;

/// <summary>What a key has learned, as its sessions are given it.</summary>
public sealed record KeyPlaybook
{
    /// <summary>The key.</summary>
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
    public required KeySyntheses Synthesis { get; init; }

    /// <summary>Whether new versions wait to be promoted, who said so and why; null if nothing was said of this key, so that
    /// <c>learning.apply_to_prompts</c> decides.</summary>
    public required Staging? Staging { get; init; }

    /// <summary>Which version it is pinned to, by whom and why; null if it is not.</summary>
    public required Pin? Pinned { get; init; }

    public required KeyTexts Roles { get; init; }

    public required ImmutableArray<PlaybookEntry> Entries { get; init; }

    /// <summary>What was found by withholding at random: whether learning helps, the version on trial, and where each entry stands; null
    /// for a key that has tried nothing.</summary>
    public required KeyFindings? Evidence { get; init; }

    /// <summary>The newest event of its journal. Its hash is over that event and all before it: written down elsewhere, it proves later that none of
    /// them was changed.</summary>
    public required JournalHead? Journal { get; init; }
}

/// <summary>The end of a journal.</summary>
/// <param name="Sequence">The number of the newest event.</param>
/// <param name="Sha256">The hash that it carries, lower-case hex.</param>
public sealed record JournalHead(long Sequence, string Sha256);

/// <summary>The texts of a playbook, one per role.</summary>
public sealed record KeyTexts(KeyText Student, KeyText Teacher);

/// <summary>The text for one role.</summary>
/// <param name="Text">What is injected; empty if there is nothing to say.</param>
/// <param name="Sha256">SHA-256 of it in UTF-8; null if there is nothing to say.</param>
public sealed record KeyText(string Text, string? Sha256);
