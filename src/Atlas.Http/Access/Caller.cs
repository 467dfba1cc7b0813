using Atlas.Contracts.Access;
using Atlas.Http.Problems;
using Atlas.Storage.Access;

namespace Atlas.Http.Access;

/// <summary>What an API key may do.</summary>
[Flags]
public enum Scopes
{
    None = 0,

    /// <summary>Read playbooks, sessions, reports.</summary>
    Read = 1,

    /// <summary>Start sessions and record what happens in them.</summary>
    Record = 2,

    /// <summary>Decide which sessions may teach.</summary>
    Review = 4,

    /// <summary>Change playbooks.</summary>
    Govern = 8,

    /// <summary>Everything, including the audit.</summary>
    Admin = 16,
}

/// <summary>The sender of a request, and what it can reach in the cluster.</summary>
/// <param name="Name">The name of the API key; <c>local</c> for the developer who needs none.</param>
/// <param name="KeyId">The API key's public part; null for the local developer.</param>
/// <param name="Tenant">The tenant; empty for the unnamed one.</param>
/// <param name="Scopes">What the caller may do.</param>
/// <param name="Prefix">The prefix of the caller's learning keys, as the caller writes them; empty for all keys.</param>
public sealed record Caller(string Name, string? KeyId, string Tenant, Scopes Scopes, string Prefix)
{
    private const string TenantMark = "tenant:";

    /// <summary>The developer on this machine, as long as no API key has been created.</summary>
    public static readonly Caller Local = new("local", null, "", (Scopes)31, "");

    /// <summary>The holder of the configured administrator key.</summary>
    public static readonly Caller Administrator = new("administrator", "configured", "", (Scopes)31, "");

    /// <summary>Returns the caller that an API key belongs to.</summary>
    public static Caller Of(ApiKeyRecord key) => new(
        key.Name,
        key.Id,
        key.Tenant,
        key.Scopes.Select(scope => Enum.TryParse<Scopes>(scope, ignoreCase: true, out var known) ? known : Scopes.None).Aggregate(Scopes.None, (all, one) => all | one),
        key.KeyPrefix) { DefaultKey = key.DefaultKey };

    /// <summary>Gets the learning key for calls that name none, as the caller writes it; null for none.</summary>
    public string? DefaultKey { get; init; }

    /// <summary>Gets the prefix of the stored names of the tenant's keys.</summary>
    public string Space { get; } = Tenant.Length == 0 ? "" : $"{TenantMark}{Tenant}/";

    /// <summary>Gets the prefix of this caller's stored keys; null if it can reach all of them.</summary>
    public string? StoredPrefix => Space + Prefix is { Length: > 0 } prefix ? prefix : null;

    /// <summary>Gets the prefix of stored keys that this caller must not see; null if there are none.</summary>
    public string? HiddenPrefix => Tenant.Length == 0 ? TenantMark : null;

    /// <summary>Gets the budget that this caller's sessions spend from; null for the developer on this machine.</summary>
    public string? Purse => KeyId is null ? null : BudgetStore.OfKey(Tenant, Name);

    /// <summary>Binds the caller for handlers that take one as a parameter.</summary>
    public static ValueTask<Caller?> BindAsync(HttpContext context) => new(Of(context));

    /// <summary>Returns the caller that was admitted with the request.</summary>
    public static Caller Of(HttpContext context) => context.Features.Get<Caller>() ?? throw new InvalidOperationException("The request came in by no door.");

    /// <summary>Gets what grains let this caller do. Reading was already checked when the request was admitted, and the API vouches for
    /// whom the caller speaks.</summary>
    public AtlasPermissions Permissions => (AtlasPermissions)(May(Scopes.Admin) ? (int)Administrator.Scopes : (int)Scopes) | AtlasPermissions.Read | AtlasPermissions.SpeakForOthers;

    public bool May(Scopes scope) => (Scopes & (scope | Scopes.Admin)) != 0;

    /// <summary>Returns whether this caller can see a stored key. Sessions of older tools may have none.</summary>
    public bool Owns(string? stored) => stored is null
        ? StoredPrefix is null
        : (StoredPrefix is not { } mine || stored.StartsWith(mine, StringComparison.Ordinal))
            && (HiddenPrefix is not { } hidden || !stored.StartsWith(hidden, StringComparison.Ordinal));

    /// <summary>Returns the name under which a key of this caller is stored.</summary>
    /// <exception cref="ProblemException">The text is not a learning key, or the key is not this caller's.</exception>
    public string Store(string key)
    {
        var name = LearningKeyName.Demand(key, LearningKeyName.MaxCodePoints - Space.Length);
        if (HiddenPrefix is { } hidden && name.StartsWith(hidden, StringComparison.Ordinal))
        {
            throw Problem.InvalidLearningKey.With($"A learning key that begins with '{hidden}' belongs to a tenant, and only the tenant's API key can reach it.");
        }

        return name.StartsWith(Prefix, StringComparison.Ordinal)
            ? Space + name
            : throw Problem.Forbidden.With($"This API key is limited to learning keys that begin with '{Prefix}'.");
    }

    /// <summary>Returns a stored key as this caller writes it.</summary>
    public string Show(string stored) => Space.Length > 0 && stored.StartsWith(Space, StringComparison.Ordinal) ? stored[Space.Length..] : stored;

    /// <summary>Rewrites a sentence that mentions stored keys into what this caller can read.</summary>
    public string Say(string sentence) => Space.Length > 0 ? sentence.Replace(Space, "", StringComparison.Ordinal) : sentence;

    /// <summary>Returns an external id of the caller, separated from those of other tenants.</summary>
    public string? StoreExternal(string? id) => id is null || Space.Length == 0 ? id : Space + id;

    public string? ShowExternal(string? stored) => stored is null ? null : Show(stored);
}
