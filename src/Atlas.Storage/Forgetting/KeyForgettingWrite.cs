using System.Collections.Immutable;
using Atlas.Learning.Journal;

namespace Atlas.Storage.Forgetting;

/// <summary>What forgetting writes of one key, in one transaction.</summary>
public sealed record KeyForgettingWrite
{
    public required string LearningKey { get; init; }

    /// <summary>Events of the journal that say less than before.</summary>
    public ImmutableArray<LearningKeyEvent> Rewritten { get; init; } = [];

    /// <summary>Makes the state that is written, its new events within, once the hashes of the events are known that say less.</summary>
    public required Func<ImmutableArray<Tombstone>, string> StateJson { get; init; }

    /// <summary>The version of the row that the state rests on.</summary>
    public required int StateVersion { get; init; }

    /// <summary>What is forgotten; the records of its sessions go.</summary>
    public required ForgettingReceipt Receipt { get; init; }
}

/// <summary>What was forgotten at one time: numbers, never what was said.</summary>
/// <param name="LearningKey">The key; null for sessions without one.</param>
/// <param name="Sessions">The sessions.</param>
/// <param name="Author">Who forgot them.</param>
/// <param name="Reason">Why; null if nothing was said.</param>
/// <param name="Events">Events of the journal that say less since then.</param>
/// <param name="Versions">Versions of the playbook that do.</param>
/// <param name="Withdrawn">Entries that are gone.</param>
/// <param name="LostSupport">Entries that stay, with less behind them.</param>
public sealed record ForgettingReceipt(
    string? LearningKey, ImmutableArray<long> Sessions, string Author, string? Reason, int Events, int Versions, ImmutableArray<string> Withdrawn,
    ImmutableArray<string> LostSupport);
