using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Atlas.Learning.Evidence;

namespace Atlas.Learning.Journal;

/// <summary>What a new version puts on trial.</summary>
public sealed record VersionTrials
{
    /// <summary>Its entries that are new to the key, and candidates that it supports.</summary>
    public ImmutableArray<EntryIntroduction> Entries { get; init; } = [];

    /// <summary>The version it is compared with as a whole; null if it becomes current immediately, which ends the trial of an earlier
    /// version.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public CanaryOffer? Canary { get; init; }

    /// <summary>Trials that the key no longer keeps: this event is where to find them.</summary>
    public ImmutableArray<EntryTrial> Resting { get; init; } = [];

    /// <summary>The key's <see cref="KeyTrials.Renewals"/> from then on; 0 if they stay, and in older events.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long Renewals { get; init; }
}

/// <summary>A version, and the one that is served before it.</summary>
/// <param name="Served">The version that sessions get.</param>
/// <param name="Version">The new version.</param>
public sealed record CanaryOffer(CanaryVersion Served, CanaryVersion Version);

/// <summary>The sessions that an answer cites for its entries, and the tasks of all sessions that its author saw.</summary>
/// <param name="Cited">Sessions by id, for each entry of the answer; an entry without a citation is supported by the newest
/// session.</param>
/// <param name="Tasks">The task of each session; see <see cref="TaskIdentity"/>.</param>
/// <param name="Latest">The newest session; null for none.</param>
/// <param name="Quorum">How many tasks an entry needs; 1 if no model wrote it.</param>
public sealed record SynthesisSupport(
    ImmutableDictionary<string, ImmutableArray<long>> Cited, ImmutableDictionary<long, string?> Tasks, long? Latest, int Quorum)
{
    /// <summary>Candidates that the answer rewords under their id: the first 16 hex digits of the SHA-256 of the previous words.</summary>
    public ImmutableDictionary<string, string> Reworded { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>The author of each session, if known; see <see cref="AuthorIdentity"/>.</summary>
    public ImmutableDictionary<long, string> Authors { get; init; } = ImmutableDictionary<long, string>.Empty;

    /// <summary>Whether an entry without a citation has no support at all, instead of that of the newest session; so in a key with many
    /// authors.</summary>
    public bool MustCite { get; init; }

    /// <summary>Returns the sessions that support an entry, each with its task and its author.</summary>
    public IEnumerable<(long Session, string? Task, string? Author)> Of(string entry)
    {
        if (!Cited.TryGetValue(entry, out var cited))
        {
            return [];
        }

        var sessions = cited.Where(Tasks.ContainsKey).Distinct().ToArray();
        return sessions.Length > 0 ? sessions.Select(session => (session, Tasks[session], Authors.GetValueOrDefault(session)))
            : !MustCite && Latest is { } latest ? [(latest, Tasks.GetValueOrDefault(latest), Authors.GetValueOrDefault(latest))]
            : [];
    }
}
