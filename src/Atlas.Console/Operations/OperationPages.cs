using System.Collections.Immutable;
using System.Globalization;
using Atlas.Http.Access;
using Atlas.Http.Problems;
using Atlas.Pages.Frame;
using Atlas.Storage.Access;

namespace Atlas.Pages.Operations;

/// <summary>The model of the API keys page.</summary>
/// <param name="Keys">The keys of the reader's tenant, or of all tenants for a reader without one.</param>
/// <param name="Now">The time, to tell which keys are valid.</param>
/// <param name="Find">The text that names are searched for; null for none.</param>
/// <param name="Alive">Only valid keys, or only invalid ones; null for both.</param>
public sealed record AccessModel(ImmutableArray<ApiKeyRecord> Keys, DateTimeOffset Now, string? Find, bool? Alive)
{
    /// <summary>Gets how many more keys fit the filter.</summary>
    public int More { get; init; }
}

/// <summary>The model of the audit page.</summary>
/// <param name="Entries">The changes, the newest first.</param>
/// <param name="Subject">Only changes of this subject; null for all.</param>
/// <param name="Actor">Only changes by this actor; null for all.</param>
/// <param name="Before">Only changes with a smaller number; null for the newest.</param>
/// <param name="HasMore">Whether there are older ones.</param>
/// <param name="From">The first day, as it was written; null for all.</param>
/// <param name="To">The last day, as it was written; null for all.</param>
public sealed record AuditModel(ImmutableArray<AuditEntry> Entries, string? Subject, string? Actor, long? Before, bool HasMore, string? From, string? To)
{
    public bool IsFiltered => Subject is not null || Actor is not null || From is not null || To is not null;

    public string Address(long? before) => Addresses.With(
        "/audit", ("subject", Subject), ("actor", Actor), ("from", From), ("to", To), ("before", before?.ToString(CultureInfo.InvariantCulture)));
}

/// <summary><c>/access</c> and <c>/audit</c>, for administrators of a whole tenant.</summary>
internal static class OperationPages
{
    private const int PageSize = 50;
    private const int MostKeys = 200;

    public static void Map(ConsoleRoutes routes)
    {
        routes.Page("/access", Scopes.Admin, KeysAsync);
        routes.Page("/audit", Scopes.Admin, AuditAsync);
    }

    private static async Task<ConsolePage> KeysAsync(ConsoleRequest request)
    {
        Demand(request);
        var (find, alive, now) = (request.Text("find"), request.Flag("alive"), request.Service<TimeProvider>().GetUtcNow());
        ApiKeyRecord[] keys = [.. (await request.Service<ApiKeyStore>().ListAsync(request.Stop).ConfigureAwait(false))
            .Where(key => request.Caller.Tenant.Length == 0 || key.Tenant == request.Caller.Tenant)
            .Where(key => (find is null || key.Name.Contains(find, StringComparison.OrdinalIgnoreCase)) && (alive is null || key.IsAlive(now) == alive))];
        return new ConsolePage(
            typeof(AccessPage), "API keys", "access", new AccessModel([.. keys.Take(MostKeys)], now, find, alive) { More = Math.Max(0, keys.Length - MostKeys) });
    }

    private static async Task<ConsolePage> AuditAsync(ConsoleRequest request)
    {
        Demand(request);
        var (subject, actor, before) = (request.Text("subject"), request.Text("actor"), request.Number("before"));
        var found = await request.Service<AuditLog>().ListAsync(
            request.Caller.Tenant, subject, actor, before, PageSize + 1, request.Day("from"), request.EndOf("to"), request.Stop).ConfigureAwait(false);
        return new ConsolePage(
            typeof(AuditPage), "Audit", "audit",
            new AuditModel([.. found.Take(PageSize)], subject, actor, before, found.Length > PageSize, request.Text("from"), request.Text("to")));
    }

    private static void Demand(ConsoleRequest request)
    {
        if (request.Caller.Prefix.Length > 0)
        {
            throw Problem.Forbidden.With("This page is about all learning keys of a tenant, and this API key is limited to some of them.");
        }
    }
}
