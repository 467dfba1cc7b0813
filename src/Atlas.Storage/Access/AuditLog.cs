using Atlas.Domain.Json;
using System.Collections.Immutable;
using System.Text.Json;
using Atlas.Storage.Connection;
using Atlas.Storage.Json;
using Npgsql;

namespace Atlas.Storage.Access;

/// <summary>A change made through one of Atlas' interfaces.</summary>
public sealed record AuditEntry
{
    /// <summary>Its number; 0 before it is stored.</summary>
    public long Id { get; init; }

    public DateTimeOffset At { get; init; }

    /// <summary>The tenant; empty for the default tenant.</summary>
    public string Tenant { get; init; } = "";

    /// <summary>The name of the API key or of the person.</summary>
    public required string Actor { get; init; }

    public string? ApiKeyId { get; init; }

    /// <summary><c>http</c>, <c>mcp</c> or <c>cli</c>.</summary>
    public required string Door { get; init; }

    /// <summary>The IP address of the caller; null if unknown.</summary>
    public string? Address { get; init; }

    /// <summary>The name of the operation.</summary>
    public required string Action { get; init; }

    /// <summary>What was changed: a learning key, the number of a session, the id of an API key.</summary>
    public string? Subject { get; init; }

    /// <summary>The result, as an HTTP status.</summary>
    public required int Status { get; init; }

    /// <summary>The request, shortened; null for none.</summary>
    public JsonElement? Request { get; init; }

    /// <summary>The state before; null if unknown.</summary>
    public JsonElement? Before { get; init; }

    /// <summary>The state afterwards; null if unknown.</summary>
    public JsonElement? After { get; init; }
}

/// <summary>Records changes and the interface through which they were made.</summary>
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

    /// <summary>Returns changes, newest first.</summary>
    /// <param name="tenant">Only changes of this tenant; null for all.</param>
    /// <param name="subject">Only changes of this subject; null for all.</param>
    /// <param name="actor">Only changes by this actor; null for all.</param>
    /// <param name="beforeId">Only changes with a smaller number: the last one of the previous page. Null for the first page.</param>
    /// <param name="limit">The largest number of changes.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    public Task<ImmutableArray<AuditEntry>> ListAsync(
        string? tenant, string? subject, string? actor, long? beforeId, int limit, CancellationToken cancellationToken = default) =>
        ListAsync(tenant, subject, actor, beforeId, limit, null, null, cancellationToken);

    /// <inheritdoc cref="ListAsync(string?, string?, string?, long?, int, CancellationToken)"/>
    /// <param name="tenant">Only changes of this tenant; null for all.</param>
    /// <param name="subject">Only changes of this subject; null for all.</param>
    /// <param name="actor">Only changes by this actor; null for all.</param>
    /// <param name="beforeId">Only changes with a smaller number: the last one of the previous page. Null for the first page.</param>
    /// <param name="limit">The largest number of changes.</param>
    /// <param name="from">Only changes at this time or later; null for all.</param>
    /// <param name="until">Only changes before this time; null for all.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    public async Task<ImmutableArray<AuditEntry>> ListAsync(
        string? tenant, string? subject, string? actor, long? beforeId, int limit, DateTimeOffset? from, DateTimeOffset? until,
        CancellationToken cancellationToken = default)
    {
        var command = database.CreateCommand("""
            SELECT * FROM public.audit_log
             WHERE ($1 IS NULL OR tenant = $1) AND ($2 IS NULL OR subject = $2) AND ($3 IS NULL OR actor = $3) AND ($4 IS NULL OR id < $4)
               AND ($6 IS NULL OR at >= $6) AND ($7 IS NULL OR at < $7)
             ORDER BY id DESC LIMIT $5
            """);
        await using var commandDisposal = command.ConfigureAwait(false);
        command.Parameters.Text(tenant).Text(subject).Text(actor).Long(beforeId).Int(Math.Max(0, limit)).Time(from).Time(until);
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
