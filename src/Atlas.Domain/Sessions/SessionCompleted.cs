
namespace Atlas.Domain.Sessions;

/// <summary>The answer to <see cref="ISessionGrain.Complete"/>. Everything is stored.</summary>
/// <param name="SessionId">The session's number.</param>
/// <param name="Status">How it ended, now or at the first call.</param>
/// <param name="ReviewStatus">Whether it needs a review.</param>
/// <param name="Learning">What it means to its learning key.</param>
/// <param name="Reason">Why it does not teach, or is not counted yet; otherwise, null.</param>
[GenerateSerializer, Immutable, Alias("atlas.session-completed")]
public sealed record SessionCompleted(
    [property: Id(0)] long SessionId,
    [property: Id(1)] SessionStatus Status,
    [property: Id(2)] ReviewStatus ReviewStatus,
    [property: Id(3)] LearningStanding Learning,
    [property: Id(4)] string? Reason);
