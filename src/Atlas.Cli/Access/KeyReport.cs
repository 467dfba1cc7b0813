using System.Collections.Immutable;
using Atlas.Storage.Access;

namespace Atlas.Cli.Access;

/// <summary>The document of <c>atlas key … --json</c>.</summary>
/// <param name="Id">The public part of the key.</param>
/// <param name="Name">Whose it is.</param>
/// <param name="Tenant">The tenant; empty for the one that is not named.</param>
/// <param name="Scopes">What it allows.</param>
/// <param name="Prefix">It reaches learning keys that begin so; empty for all.</param>
/// <param name="RequestsPerSecond">Requests a second that it may make; null for what the silo is configured to.</param>
/// <param name="State"><c>alive</c>, <c>expired</c> or <c>revoked</c>.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="CreatedBy">By whom.</param>
/// <param name="ExpiresAt">From then on it is refused; null for never.</param>
/// <param name="LastUsedAt">When it was used last; null if it never was.</param>
/// <param name="Key">The key itself, only where it was just made.</param>
internal sealed record KeyReport(
    string Id, string Name, string Tenant, ImmutableArray<string> Scopes, string Prefix, int? RequestsPerSecond, string State,
    DateTimeOffset CreatedAt, string CreatedBy, DateTimeOffset? ExpiresAt, DateTimeOffset? LastUsedAt, string? Key = null)
{
    public static KeyReport Of(ApiKeyRecord key, TimeProvider clock, string? text = null) => new(
        key.Id, key.Name, key.Tenant, key.Scopes, key.KeyPrefix, key.RequestsPerSecond, StateOf(key, clock), key.CreatedAt, key.CreatedBy, key.ExpiresAt,
        key.LastUsedAt, text);

    public static string StateOf(ApiKeyRecord key, TimeProvider clock) =>
        key.RevokedAt is not null ? "revoked" : key.IsAlive(clock.GetUtcNow()) ? "alive" : "expired";
}
