using System.Collections.Immutable;
using Atlas.Learning.Journal;

namespace Atlas.Storage.Forgetting;

/// <summary>What forgetting writes for one key, in one transaction.</summary>
public sealed record KeyForgettingWrite
{
    public required string LearningKey { get; init; }

    /// <summary>Events of the journal that lost something.</summary>
    public ImmutableArray<LearningKeyEvent> Rewritten { get; init; } = [];

    /// <summary>Creates the state to write, including its new events, once the hashes of the rewritten events are known.</summary>
    public required Func<ImmutableArray<Tombstone>, string> StateJson { get; init; }

    /// <summary>The version of the row on which the state is based.</summary>
    public required int StateVersion { get; init; }

    /// <summary>The record of what is forgotten; the records of its sessions are deleted.</summary>
    public required ForgettingReceipt Receipt { get; init; }
}

/// <summary>A record of what was forgotten at one time: numbers, never content.</summary>
/// <param name="LearningKey">The key; null for sessions without one.</param>
/// <param name="Sessions">The sessions.</param>
/// <param name="Author">Who forgot them.</param>
/// <param name="Reason">The reason; null if none was given.</param>
/// <param name="Events">The number of journal events that lost something.</param>
/// <param name="Versions">The number of playbook versions that lost something.</param>
/// <param name="Withdrawn">Entries that are gone.</param>
/// <param name="LostSupport">Entries that stay with less support.</param>
public sealed record ForgettingReceipt(
    string? LearningKey, ImmutableArray<long> Sessions, string Author, string? Reason, int Events, int Versions, ImmutableArray<string> Withdrawn,
    ImmutableArray<string> LostSupport);
