using System.Collections.Immutable;
using Atlas.Storage.Access;

namespace Atlas.Cli.Access;

/// <summary>The document of <c>atlas key … --json</c>.</summary>
/// <param name="Id">The public part of the key.</param>
/// <param name="Name">The name of its holder.</param>
/// <param name="Tenant">The tenant; empty for the unnamed one.</param>
/// <param name="Scopes">Its scopes.</param>
/// <param name="Prefix">The prefix of the learning keys that it can reach; empty for all.</param>
/// <param name="RequestsPerSecond">The requests per second that it can make; null for the silo's configured limit.</param>
/// <param name="State"><c>alive</c>, <c>expired</c> or <c>revoked</c>.</param>
/// <param name="CreatedAt">When it was created.</param>
/// <param name="CreatedBy">Who created it.</param>
/// <param name="ExpiresAt">When it expires; null for never.</param>
/// <param name="LastUsedAt">When it was last used; null if it never was.</param>
/// <param name="Key">The key itself, only if it was just created.</param>
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
