using System.Collections.Immutable;

namespace Atlas.Learning.Journal;

/// <summary>Sessions were forgotten: nothing of what they said is in this journal any more, and what rested on them alone was withdrawn.</summary>
public sealed record SessionsForgotten : LearningKeyEvent
{
    /// <summary>The numbers of the sessions; all that is left of them.</summary>
    public required ImmutableArray<long> SessionIds { get; init; }

    /// <summary>Entries that rested on these sessions alone, and were withdrawn from every version.</summary>
    public int Withdrawn { get; init; }

    public string? Reason { get; init; }

    /// <summary>The events that say less since then: the chain of hashes goes on over what they said, and this event, which is a part of that chain,
    /// vouches for what they say now.</summary>
    public ImmutableArray<Tombstone> Tombstones { get; init; } = [];
}

/// <summary>An event that says less than it was written with.</summary>
/// <param name="Sequence">The event.</param>
/// <param name="Sha256">Its hash in the chain, over what it said; 64 hex digits.</param>
/// <param name="Now">SHA-256 over what it says now; see <c>orleans.event_sha256</c>.</param>
public sealed record Tombstone(long Sequence, string Sha256, string Now);

/// <summary>The place of an event that was forgotten. Folding it changes nothing.</summary>
public sealed record EventForgotten : LearningKeyEvent
{
    /// <summary>What kind of event it was.</summary>
    public required string Was { get; init; }
}

/// <summary>Which sessions a key has forgotten, so that none is counted again by a message that was under way.</summary>
/// <param name="Sequence">The event that forgot the last of them: an answer to what the key said before is not taken.</param>
/// <param name="Sessions">The sessions.</param>
public sealed record KeyForgetting(long Sequence, SessionIdSet Sessions);
