using Atlas.Domain.Json;
using System.Collections.Immutable;
using System.Text.Json;
using Atlas.Storage.Connection;
using Atlas.Storage.Json;
using Npgsql;

namespace Atlas.Storage.Access;

/// <summary>A change that came in by a door.</summary>
public sealed record AuditEntry
{
    /// <summary>Its number; 0 before it is stored.</summary>
    public long Id { get; init; }

    public DateTimeOffset At { get; init; }

    /// <summary>The tenant; empty for the one that is not named.</summary>
    public string Tenant { get; init; } = "";

    /// <summary>Who: the name of the API key, or of the person.</summary>
    public required string Actor { get; init; }

    public string? ApiKeyId { get; init; }

    /// <summary><c>http</c>, <c>mcp</c> or <c>cli</c>.</summary>
    public required string Door { get; init; }

    /// <summary>From where: an IP address; null if unknown.</summary>
    public string? Address { get; init; }

    /// <summary>What: the name of the operation.</summary>
    public required string Action { get; init; }

    /// <summary>On what: a learning key, the number of a session, the id of an API key.</summary>
    public string? Subject { get; init; }

    /// <summary>What came of it, as an HTTP status.</summary>
    public required int Status { get; init; }

    /// <summary>What was asked, shortened; null for nothing.</summary>
    public JsonElement? Request { get; init; }

    /// <summary>What it was like before; null if unknown.</summary>
    public JsonElement? Before { get; init; }

    /// <summary>What it is like now; null if unknown.</summary>
    public JsonElement? After { get; init; }
}

/// <summary>Keeps what was changed through which door.</summary>
public sealed class AuditLog(NpgsqlDataSource database)
{
    public async Task WriteAsync(AuditEntry entry, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var command = database.CreateCommand("""
            INSERT INTO public.audit_log (tenant, actor, api_key_id, door, address, action, subject, status, request, before, after)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
            """);
        await using var commandDisposal = command.ConfigureAwait(false);
        command.Parameters.Text(entry.Tenant).Text(StorableText.Plain(entry.Actor)).Text(entry.ApiKeyId).Text(entry.Door).Text(entry.Address)
            .Text(entry.Action).Text(StorableText.Plain(entry.Subject)).Int(entry.Status).Json(Text(entry.Request)).Json(Text(entry.Before)).Json(Text(entry.After));
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Changes, the newest first.</summary>
    /// <param name="tenant">Only of this tenant; null for all.</param>
    /// <param name="subject">Only on this; null for all.</param>
    /// <param name="actor">Only by this one; null for all.</param>
    /// <param name="beforeId">Only with a smaller number: the last one of the page before. Null for the first page.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    public async Task<ImmutableArray<AuditEntry>> ListAsync(
        string? tenant, string? subject, string? actor, long? beforeId, int limit, CancellationToken cancellationToken = default)
    {
        var command = database.CreateCommand("""
            SELECT * FROM public.audit_log
             WHERE ($1 IS NULL OR tenant = $1) AND ($2 IS NULL OR subject = $2) AND ($3 IS NULL OR actor = $3) AND ($4 IS NULL OR id < $4)
             ORDER BY id DESC LIMIT $5
            """);
        await using var commandDisposal = command.ConfigureAwait(false);
        command.Parameters.Text(tenant).Text(subject).Text(actor).Long(beforeId).Int(Math.Max(0, limit));
        return await command.ListAsync(
            row => new AuditEntry
            {
                Id = row.Long("id"),
                At = row.Time("at"),
                Tenant = row.RequiredText("tenant"),
                Actor = row.RequiredText("actor"),
                ApiKeyId = row.Text("api_key_id"),
                Door = row.RequiredText("door"),
                Address = row.Text("address"),
                Action = row.RequiredText("action"),
                Subject = row.Text("subject"),
                Status = row.Int("status") ?? 0,
                Request = row.Json("request"),
                Before = row.Json("before"),
                After = row.Json("after"),
            },
            cancellationToken).ConfigureAwait(false);
    }

    private static string? Text(JsonElement? value) => value is { } element ? JsonText.ValueOrNull(element.GetRawText(), "The audit") : null;
}
