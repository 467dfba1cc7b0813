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

    /// <summary>Everything, the audit among it.</summary>
    Admin = 16,
}

/// <summary>Who sends a request, and what of the cluster is theirs.</summary>
/// <param name="Name">The name of the API key; <c>local</c> for the developer who needs none.</param>
/// <param name="KeyId">The API key's public part; null for the local developer.</param>
/// <param name="Tenant">The tenant; empty for the one that is not named.</param>
/// <param name="Scopes">What the caller may do.</param>
/// <param name="Prefix">Learning keys of the caller begin so, as the caller writes them; empty for all.</param>
public sealed record Caller(string Name, string? KeyId, string Tenant, Scopes Scopes, string Prefix)
{
    private const string TenantMark = "tenant:";

    /// <summary>The developer on this machine, as long as no API key was made.</summary>
    public static readonly Caller Local = new("local", null, "", (Scopes)31, "");

    /// <summary>Who has the key of the configuration.</summary>
    public static readonly Caller Administrator = new("administrator", "configured", "", (Scopes)31, "");

    /// <summary>Whose API key this is.</summary>
    public static Caller Of(ApiKeyRecord key) => new(
        key.Name,
        key.Id,
        key.Tenant,
        key.Scopes.Select(scope => Enum.TryParse<Scopes>(scope, ignoreCase: true, out var known) ? known : Scopes.None).Aggregate(Scopes.None, (all, one) => all | one),
        key.KeyPrefix) { DefaultKey = key.DefaultKey };

    /// <summary>The learning key of calls that name none, as the caller writes it; null for none.</summary>
    public string? DefaultKey { get; init; }

    /// <summary>What the stored names of the tenant's keys begin with.</summary>
    public string Space { get; } = Tenant.Length == 0 ? "" : $"{TenantMark}{Tenant}/";

    /// <summary>Stored keys of this caller begin so; null if that leaves all.</summary>
    public string? StoredPrefix => Space + Prefix is { Length: > 0 } prefix ? prefix : null;

    /// <summary>Stored keys that begin so are not this caller's; null if there are none.</summary>
    public string? HiddenPrefix => Tenant.Length == 0 ? TenantMark : null;

    /// <summary>Whose budget is spent by this caller's sessions; null for the developer on this machine.</summary>
    public string? Purse => KeyId is null ? null : BudgetStore.OfKey(Tenant, Name);

    /// <summary>For handlers that take a caller among their parameters.</summary>
    public static ValueTask<Caller?> BindAsync(HttpContext context) => new(Of(context));

    /// <summary>Who the door let in.</summary>
    public static Caller Of(HttpContext context) => context.Features.Get<Caller>() ?? throw new InvalidOperationException("The request came in by no door.");

    /// <summary>What grains let this caller do. The door itself has decided what may be read, and signs for whom the caller speaks.</summary>
    public AtlasPermissions Permissions => (AtlasPermissions)(May(Scopes.Admin) ? (int)Administrator.Scopes : (int)Scopes) | AtlasPermissions.Read | AtlasPermissions.SpeakForOthers;

    public bool May(Scopes scope) => (Scopes & (scope | Scopes.Admin)) != 0;

    /// <summary>Whether a stored key is this caller's to see. Sessions of older tools may have none.</summary>
    public bool Owns(string? stored) => stored is null
        ? StoredPrefix is null
        : (StoredPrefix is not { } mine || stored.StartsWith(mine, StringComparison.Ordinal))
            && (HiddenPrefix is not { } hidden || !stored.StartsWith(hidden, StringComparison.Ordinal));

    /// <summary>The name under which a key of this caller is stored.</summary>
    /// <exception cref="ProblemException">It is no learning key, or not this caller's.</exception>
    public string Store(string key)
    {
        var name = LearningKeyName.Demand(key, LearningKeyName.MaxCodePoints - Space.Length);
        if (HiddenPrefix is { } hidden && name.StartsWith(hidden, StringComparison.Ordinal))
        {
            throw Problem.InvalidLearningKey.With($"A learning key that begins with '{hidden}' belongs to a tenant and is reached with the tenant's API key only.");
        }

        return name.StartsWith(Prefix, StringComparison.Ordinal)
            ? Space + name
            : throw Problem.Forbidden.With($"This API key is confined to learning keys that begin with '{Prefix}'.");
    }

    /// <summary>A stored key as this caller writes it.</summary>
    public string Show(string stored) => Space.Length > 0 && stored.StartsWith(Space, StringComparison.Ordinal) ? stored[Space.Length..] : stored;

    /// <summary>A sentence about stored keys as this caller may read it.</summary>
    public string Say(string sentence) => Space.Length > 0 ? sentence.Replace(Space, "", StringComparison.Ordinal) : sentence;

    /// <summary>An identity of the caller's own, kept apart from those of other tenants.</summary>
    public string? StoreExternal(string? id) => id is null || Space.Length == 0 ? id : Space + id;

    public string? ShowExternal(string? stored) => stored is null ? null : Show(stored);
}
