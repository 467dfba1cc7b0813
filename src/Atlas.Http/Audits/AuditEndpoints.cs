using System.Collections.Immutable;
using Atlas.Http.Access;
using Atlas.Http.Door;
using Atlas.Http.Problems;
using Atlas.Storage.Access;

namespace Atlas.Http.Audits;

/// <summary>A page of changes, newest first.</summary>
/// <param name="Entries">The changes.</param>
/// <param name="NextCursor">The <c>cursor</c> of the next page; null on the last page.</param>
internal sealed record AuditPage(ImmutableArray<AuditEntry> Entries, string? NextCursor);

/// <summary><c>/v1/audit</c>: who changed what of the caller's tenant.</summary>
internal static class AuditEndpoints
{
    public static void Map(RouteGroupBuilder api) => api.MapGroup("/audit").WithTags("Audit").MapGet("", ListAsync)
        .Reads(Scopes.Admin, "ListAudit", "List who changed what, newest first");

    private static async Task<JsonAnswer<AuditPage>> ListAsync(
        Caller caller,
        [FromServices] AuditLog log,
        CancellationToken cancellation,
        [FromQuery(Name = "subject")] string? subject = null,
        [FromQuery(Name = "actor")] string? actor = null,
        [FromQuery(Name = "cursor")] string? cursor = null,
        [FromQuery(Name = "limit")] int limit = 50)
    {
        Cursor.Demand(limit, 500);
        if (caller.Prefix.Length > 0)
        {
            throw Problem.Forbidden.With("The audit covers all learning keys of a tenant, and this API key is limited to some of them.");
        }

        var found = await log.ListAsync(caller.Tenant, subject, actor, Cursor.Number(cursor), limit + 1, cancellation).ConfigureAwait(false);
        return Answers.Json(new AuditPage([.. found.Take(limit)], found.Length > limit ? Cursor.Of(found[limit - 1].Id) : null));
    }
}
