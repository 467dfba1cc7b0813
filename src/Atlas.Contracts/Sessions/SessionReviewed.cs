using Atlas.Domain;

namespace Atlas.Contracts.Sessions;

/// <summary>The answer to <see cref="ISessionGrain.Review"/>.</summary>
/// <param name="SessionId">The session's number.</param>
/// <param name="ReviewStatus">Its review status now.</param>
/// <param name="Teaches">Whether it feeds the synthesizer.</param>
/// <param name="TaughtVersion">For a quarantined session, the first playbook version learned from it; rolling back to the version before it
/// undoes what the session taught. Null if it taught nothing.</param>
[GenerateSerializer, Immutable, Alias("atlas.session-reviewed")]
public sealed record SessionReviewed(
    [property: Id(0)] long SessionId,
    [property: Id(1)] ReviewStatus ReviewStatus,
    [property: Id(2)] bool Teaches,
    [property: Id(3)] int? TaughtVersion = null);
