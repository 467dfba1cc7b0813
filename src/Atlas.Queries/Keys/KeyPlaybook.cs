using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Atlas.Domain.Playbooks;
using Atlas.Learning.Economics;
using Atlas.Learning.Journal;

namespace Atlas.Queries.Keys;

/// <summary>What a key has learned, as its sessions get it.</summary>
public sealed record KeyPlaybook
{
    /// <summary>The key.</summary>
    public required string LearningKey { get; init; }

    /// <summary>The version that sessions get and that this document describes; 0 while the key has learned nothing. If
    /// <see cref="ReachesPrompts"/> is false, sessions get none, and it is the newest.</summary>
    public required int Version { get; init; }

    /// <summary>The newest version; if it is not the served one, it is a candidate.</summary>
    public required int NewestVersion { get; init; }

    public required DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>SHA-256 of the whole content of the version; null for version 0.</summary>
    public required string? ContentSha256 { get; init; }

    public required long SessionsObserved { get; init; }

    public required long SessionsApplied { get; init; }

    /// <summary>Number of sessions that wait for the next synthesis, or to be counted after a silo died.</summary>
    public required long Pending { get; init; }

    public required ImmutableArray<long> PendingSessionIds { get; init; }

    public required bool Frozen { get; init; }

    /// <summary>The result of the last synthesis, the cost of all of them, and what is left of the hourly budget.</summary>
    public required KeySyntheses Synthesis { get; init; }

    /// <summary>Whether new versions wait to be promoted, who decided it and why; null if it was not set for this key, so that
    /// <c>learning.apply_to_prompts</c> decides.</summary>
    public required Staging? Staging { get; init; }

    /// <summary>Whether new versions wait to be promoted, as set for this key or by the configuration.</summary>
    [JsonIgnore]
    public bool IsStaged { get; init; }

    /// <summary>Whether sessions get the version.</summary>
    [JsonIgnore]
    public bool ReachesPrompts { get; init; } = true;

    /// <summary>The pinned version, with author and reason; null for none.</summary>
    public required Pin? Pinned { get; init; }

    public required KeyTexts Roles { get; init; }

    public required ImmutableArray<PlaybookEntry> Entries { get; init; }

    /// <summary>What trials have found: whether learning helps, the version on trial, and the state of each entry; null for a key without
    /// trials.</summary>
    public required KeyFindings? Evidence { get; init; }

    /// <summary>Entries of the newest version that say the same or contradict each other, closest first.</summary>
    public required ImmutableArray<EntryPair> Pairs { get; init; }

    /// <summary>Entries that were merged into others and can be restored, newest last.</summary>
    public required ImmutableArray<MergedEntry> Merged { get; init; }

    /// <summary>The share of input that its newest sessions read from the providers' prompt caches through the proxy, by version; empty if
    /// no sessions used the proxy, or it was not requested.</summary>
    public ImmutableArray<CacheShare> PromptCaches { get; init; } = [];

    /// <summary>The newest event of its journal. Its hash covers that event and all earlier ones: kept elsewhere, it can later prove that
    /// none of them was changed.</summary>
    public required JournalHead? Journal { get; init; }
}

/// <summary>The end of a journal.</summary>
/// <param name="Sequence">The number of the newest event.</param>
/// <param name="Sha256">Its hash, lower-case hex.</param>
public sealed record JournalHead(long Sequence, string Sha256);

/// <summary>The texts of a playbook, one per role.</summary>
public sealed record KeyTexts(KeyText Student, KeyText Teacher);

/// <summary>The text for one role.</summary>
/// <param name="Text">The injected text; empty if there is none.</param>
/// <param name="Sha256">SHA-256 of the text in UTF-8; null if there is none.</param>
public sealed record KeyText(string Text, string? Sha256);
