using Atlas.Domain;
using Atlas.Learning.Digest;

namespace Atlas.Models.Synthesis;

/// <summary>A finished session with a reward, as a synthesizer sees it.</summary>
public sealed record RewardedSession
{
    public required long Id { get; init; }

    /// <summary>Gets the raw task text.</summary>
    public required string Task { get; init; }

    /// <summary>Gets the identity that sessions of the same task share; null if unknown.</summary>
    public string? TaskIdentity { get; init; }

    /// <summary>Gets the reward, from 0 to 1.</summary>
    public required double Score { get; init; }

    /// <summary>Gets what the session did.</summary>
    public required SessionDigest Digest { get; init; }

    /// <summary>Gets the review status. A quarantined session never teaches.</summary>
    public ReviewStatus ReviewStatus { get; init; } = ReviewStatus.Approved;
}
