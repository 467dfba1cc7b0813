namespace Atlas.Queries.Cluster;

/// <summary>The state of a silo in the membership table.</summary>
public enum SiloState
{
    /// <summary>It is starting.</summary>
    Joining,

    /// <summary>It is running.</summary>
    Active,

    /// <summary>It is shutting down normally.</summary>
    Stopping,

    /// <summary>It has ended, or the others have declared it dead.</summary>
    Dead,
}

/// <summary>A silo in the membership table.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Host">The machine.</param>
/// <param name="Address">Its IP address.</param>
/// <param name="Port">Its port for other silos.</param>
/// <param name="Generation">Distinguishes this run from earlier ones on the same port.</param>
/// <param name="State">Its state.</param>
/// <param name="StartedAt">When it started.</param>
/// <param name="AliveAt">When it last reported to be alive.</param>
/// <param name="Rules">The hash of its rules, as recently reported; null if it reported none.</param>
public sealed record SiloStanding(
    string Name, string Host, string Address, int Port, int Generation, SiloState State, DateTimeOffset StartedAt, DateTimeOffset AliveAt, string? Rules);

/// <summary>A queue of work.</summary>
/// <param name="Waiting">The number of waiting items.</param>
/// <param name="Oldest">Since when the oldest item has been waiting; null if there is none.</param>
/// <param name="Retried">The number of items with a failed attempt.</param>
public sealed record QueueStanding(long Waiting, DateTimeOffset? Oldest, long Retried);

/// <summary>The queues of a cluster.</summary>
/// <param name="Running">Running sessions; the oldest by its start.</param>
/// <param name="ToJudge">Sessions that wait for a judge.</param>
/// <param name="ToCount">Sessions, reviews and late rewards about which their learning key has not been told yet.</param>
/// <param name="ToTakeUp">Reviews that another program wrote into the database.</param>
public sealed record ClusterQueues(QueueStanding Running, QueueStanding ToJudge, QueueStanding ToCount, QueueStanding ToTakeUp);

/// <summary>An unresolved fault of Atlas itself in processing a session.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="LearningKey">Its learning key; null for none.</param>
/// <param name="Stage"><c>completion</c>, <c>judgement</c>, <c>counting</c> or <c>review</c>.</param>
/// <param name="Fault">The description of the fault.</param>
/// <param name="Times">How often it occurred.</param>
/// <param name="LastAt">When it last occurred.</param>
/// <param name="NextAt">When the next attempt is due; null for none.</param>
public sealed record OpenFailure(
    long SessionId, string? LearningKey, string Stage, string Fault, long Times, DateTimeOffset LastAt, DateTimeOffset? NextAt);
