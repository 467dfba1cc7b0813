using System.Collections.Immutable;

namespace Atlas.Storage.Access;

/// <summary>An API key as it is stored; never the key itself.</summary>
public sealed record ApiKeyRecord
{
    /// <summary>The public part of the key.</summary>
    public required string Id { get; init; }

    /// <summary>Whose it is; a key that was rotated shares it with the one it takes the place of.</summary>
    public required string Name { get; init; }

    /// <summary>The tenant; empty for the one that is not named.</summary>
    public required string Tenant { get; init; }

    /// <summary>What it allows: <c>read</c>, <c>record</c>, <c>review</c>, <c>govern</c>, <c>admin</c>.</summary>
    public required ImmutableArray<string> Scopes { get; init; }

    /// <summary>It reaches learning keys that begin so; empty for all.</summary>
    public required string KeyPrefix { get; init; }

    /// <summary>The learning key of calls through the proxy that name none; null for none.</summary>
    public string? DefaultKey { get; init; }

    /// <summary>Requests a second that it may make; null for what the silo is configured to.</summary>
    public int? RequestsPerSecond { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required string CreatedBy { get; init; }

    /// <summary>From then on it is refused; null for never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Since when it is refused because somebody said so; null if nobody did.</summary>
    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>When it was used last, to about a minute; null if it never was.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>Whether it opens anything at that time.</summary>
    public bool IsAlive(DateTimeOffset at) => RevokedAt is null && !(ExpiresAt <= at);
}
