namespace Atlas.Contracts.Sessions;

/// <summary>The answer to <see cref="ISessionGrain.Complete"/>: everything is stored.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="Status">How it ended, now or at the first call.</param>
/// <param name="ReviewStatus"><c>pending</c>, <c>approved</c> or <c>quarantined</c>.</param>
/// <param name="Learning"><c>applied</c> (counted, teaches), <c>observed</c> (counted, does not teach), <c>queued</c> (will be
/// counted as soon as the key can be reached), <c>judging</c> (is counted once its judge has answered) or <c>off</c>.</param>
/// <param name="Reason">Why it does not teach, or why it is not counted yet; null otherwise.</param>
[GenerateSerializer, Immutable, Alias("atlas.session-completed")]
public sealed record SessionCompleted(
    [property: Id(0)] long SessionId,
    [property: Id(1)] string Status,
    [property: Id(2)] string ReviewStatus,
    [property: Id(3)] string Learning,
    [property: Id(4)] string? Reason);
