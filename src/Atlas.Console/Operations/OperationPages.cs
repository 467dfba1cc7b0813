using System.Collections.Immutable;
using System.Globalization;
using Atlas.Http.Access;
using Atlas.Http.Problems;
using Atlas.Pages.Frame;
using Atlas.Storage.Access;

namespace Atlas.Pages.Operations;

/// <summary>What the page of API keys shows.</summary>
/// <param name="Keys">The keys of the reader's tenant, or of all for who has none.</param>
/// <param name="Now">The time, for what is alive.</param>
public sealed record AccessModel(ImmutableArray<ApiKeyRecord> Keys, DateTimeOffset Now);

/// <summary>What the page of the audit shows.</summary>
/// <param name="Entries">The changes, the newest first.</param>
/// <param name="Subject">Only on this; null for all.</param>
/// <param name="Actor">Only by this one; null for all.</param>
/// <param name="Before">Only with a smaller number; null for the newest.</param>
/// <param name="HasMore">Whether there are older ones.</param>
public sealed record AuditModel(ImmutableArray<AuditEntry> Entries, string? Subject, string? Actor, long? Before, bool HasMore)
{
    public string Address(long? before) => Addresses.With(
        "/audit", ("subject", Subject), ("actor", Actor), ("before", before?.ToString(CultureInfo.InvariantCulture)));
}

/// <summary><c>/access</c> and <c>/audit</c>, for administrators of a whole tenant.</summary>
internal static class OperationPages
{
    private const int PageSize = 50;

    public static void Map(ConsoleRoutes routes)
    {
        routes.Page("/access", Scopes.Admin, KeysAsync);
        routes.Page("/audit", Scopes.Admin, AuditAsync);
    }

    private static async Task<ConsolePage> KeysAsync(ConsoleRequest request)
    {
        Demand(request);
        var keys = await request.Service<ApiKeyStore>().ListAsync(request.Stop).ConfigureAwait(false);
        return new ConsolePage(
            typeof(AccessPage), "API keys", "access",
            new AccessModel(
                [.. keys.Where(key => request.Caller.Tenant.Length == 0 || key.Tenant == request.Caller.Tenant).Take(500)],
                request.Service<TimeProvider>().GetUtcNow()));
    }

    private static async Task<ConsolePage> AuditAsync(ConsoleRequest request)
    {
        Demand(request);
        var (subject, actor, before) = (request.Text("subject"), request.Text("actor"), request.Number("before"));
        var found = await request.Service<AuditLog>().ListAsync(
            request.Caller.Tenant, subject, actor, before, PageSize + 1, request.Stop).ConfigureAwait(false);
        return new ConsolePage(
            typeof(AuditPage), "Audit", "audit", new AuditModel([.. found.Take(PageSize)], subject, actor, before, found.Length > PageSize));
    }

    private static void Demand(ConsoleRequest request)
    {
        if (request.Caller.Prefix.Length > 0)
        {
            throw Problem.Forbidden.With("This is about all learning keys of a tenant, and this API key is confined to some of them.");
        }
    }
}
