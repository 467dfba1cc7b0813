using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Atlas.Learning.Evidence;

namespace Atlas.Learning.Journal;

/// <summary>What a new version puts on trial.</summary>
public sealed record VersionTrials
{
    /// <summary>Its entries that are new to the key, and candidates that it supports.</summary>
    public ImmutableArray<EntryIntroduction> Entries { get; init; } = [];

    /// <summary>What it is held against as a whole; null if it becomes current at once, which ends the trial of a version before it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public CanaryOffer? Canary { get; init; }

    /// <summary>Trials that the key keeps no longer: this event is where they are found.</summary>
    public ImmutableArray<EntryTrial> Resting { get; init; } = [];
}

/// <summary>A version, and what is served before it.</summary>
/// <param name="Served">What sessions are given.</param>
/// <param name="Version">The new version.</param>
public sealed record CanaryOffer(CanaryVersion Served, CanaryVersion Version);

/// <summary>The sessions that an answer cites for its entries, and the tasks of all sessions that its author saw.</summary>
/// <param name="Cited">Sessions by id, of each entry that the answer has; one for which it cites none is supported by the session that came last.</param>
/// <param name="Tasks">The task of each session; see <see cref="TaskIdentity"/>.</param>
/// <param name="Latest">The session that came last; null for none.</param>
/// <param name="Quorum">How many tasks an entry needs; 1 where no model wrote it.</param>
public sealed record SynthesisSupport(
    ImmutableDictionary<string, ImmutableArray<long>> Cited, ImmutableDictionary<long, string?> Tasks, long? Latest, int Quorum)
{
    /// <summary>The sessions that support an entry, each with its task.</summary>
    public IEnumerable<(long Session, string? Task)> Of(string entry)
    {
        if (!Cited.TryGetValue(entry, out var cited))
        {
            return [];
        }

        var sessions = cited.Where(Tasks.ContainsKey).Distinct().ToArray();
        return sessions.Length > 0 ? sessions.Select(session => (session, Tasks[session]))
            : Latest is { } latest ? [(latest, Tasks.GetValueOrDefault(latest))]
            : [];
    }
}
