
namespace Atlas.Domain.Sessions;

/// <summary>The answer to <see cref="ISessionGrain.Complete"/>: everything is stored.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="Status">How it ended, now or at the first call.</param>
/// <param name="ReviewStatus">Whether somebody has to look at it.</param>
/// <param name="Learning">What it means to its learning key.</param>
/// <param name="Reason">Why it does not teach, or why it is not counted yet; null otherwise.</param>
[GenerateSerializer, Immutable, Alias("atlas.session-completed")]
public sealed record SessionCompleted(
    [property: Id(0)] long SessionId,
    [property: Id(1)] SessionStatus Status,
    [property: Id(2)] ReviewStatus ReviewStatus,
    [property: Id(3)] LearningStanding Learning,
    [property: Id(4)] string? Reason);
