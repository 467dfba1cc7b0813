using Atlas.Domain;
using Atlas.Learning.Digest;

namespace Atlas.Models.Synthesis;

/// <summary>A finished session with a reward, as a synthesizer sees it.</summary>
public sealed record RewardedSession
{
    public required long Id { get; init; }

    /// <summary>The raw task text.</summary>
    public required string Task { get; init; }

    /// <summary>Tells sessions of the same task; null for an unknown one.</summary>
    public string? TaskIdentity { get; init; }

    /// <summary>The reward, 0 to 1.</summary>
    public required double Score { get; init; }

    /// <summary>What the session did.</summary>
    public required SessionDigest Digest { get; init; }

    /// <summary>What reviewers said; a quarantined session never teaches.</summary>
    public ReviewStatus ReviewStatus { get; init; } = ReviewStatus.Approved;
}
