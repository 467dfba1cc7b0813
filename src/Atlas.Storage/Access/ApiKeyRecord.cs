using System.Collections.Immutable;

namespace Atlas.Storage.Access;

/// <summary>An API key as it is stored; never the key itself.</summary>
public sealed record ApiKeyRecord
{
    /// <summary>The public part of the key.</summary>
    public required string Id { get; init; }

    /// <summary>The name of its owner; a rotated key shares it with the key that it replaces.</summary>
    public required string Name { get; init; }

    /// <summary>The tenant; empty for the default tenant.</summary>
    public required string Tenant { get; init; }

    /// <summary>The scopes: <c>read</c>, <c>record</c>, <c>review</c>, <c>govern</c>, <c>admin</c>.</summary>
    public required ImmutableArray<string> Scopes { get; init; }

    /// <summary>The prefix of the learning keys it can access; empty for all.</summary>
    public required string KeyPrefix { get; init; }

    /// <summary>The learning key for calls through the proxy that name none; null for none.</summary>
    public string? DefaultKey { get; init; }

    /// <summary>The number of requests a second it can make; null for the silo's configured limit.</summary>
    public int? RequestsPerSecond { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required string CreatedBy { get; init; }

    /// <summary>When it expires; null for never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>When it was revoked; null if it was not.</summary>
    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>When it was last used, to about a minute; null if never.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>Whether it is valid at a time.</summary>
    public bool IsAlive(DateTimeOffset at) => RevokedAt is null && !(ExpiresAt <= at);
}
