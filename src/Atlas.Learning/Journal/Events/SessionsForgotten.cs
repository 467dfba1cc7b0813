using System.Collections.Immutable;

namespace Atlas.Learning.Journal;

/// <summary>Sessions were forgotten: this journal no longer contains anything they said, and entries based on them alone were
/// withdrawn.</summary>
public sealed record SessionsForgotten : LearningKeyEvent
{
    /// <summary>The numbers of the sessions, which are all that is left of them.</summary>
    public required ImmutableArray<long> SessionIds { get; init; }

    /// <summary>The number of entries that were based on these sessions alone and were withdrawn from every version.</summary>
    public int Withdrawn { get; init; }

    public string? Reason { get; init; }

    /// <summary>The events that lost something. The chain of hashes continues over their original content, and this event, itself part of
    /// the chain, vouches for their current content.</summary>
    public ImmutableArray<Tombstone> Tombstones { get; init; } = [];
}

/// <summary>An event that says less than when it was written.</summary>
/// <param name="Sequence">The event.</param>
/// <param name="Sha256">Its hash in the chain, over its original content; 64 hex digits.</param>
/// <param name="Now">SHA-256 over its current content; see <c>orleans.event_sha256</c>.</param>
public sealed record Tombstone(long Sequence, string Sha256, string Now);

/// <summary>The placeholder for a forgotten event. Folding it changes nothing.</summary>
public sealed record EventForgotten : LearningKeyEvent
{
    /// <summary>The kind of the original event.</summary>
    public required string Was { get; init; }
}

/// <summary>The sessions that a key has forgotten, so that a message already on its way cannot count one again.</summary>
/// <param name="Sequence">The event that forgot the last of them: an answer based on an earlier state is refused.</param>
/// <param name="Sessions">The sessions.</param>
public sealed record KeyForgetting(long Sequence, SessionIdSet Sessions);
