using System.Text.Json;
using Atlas.Domain.Sessions;
using Atlas.Http.Access;
using Atlas.Learning.Redaction;
using Atlas.Storage.Access;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Atlas.Http.Door;

/// <summary>Records who changed what, from where, and with what outcome.</summary>
/// <remarks>What a running session records about itself is not audited: only its start, its end, its reward and its review are, and the
/// entries that somebody proposes. Attempts that a rule or a missing right stopped are recorded, too.</remarks>
internal sealed partial class Auditor(AuditLog log, ILogger<Auditor> logger, SessionRedaction redaction)
{
    private const int MostOfRequest = 4096;

    public async Task NoteAsync(HttpContext context, Caller caller, EndpointRules rules, int status)
    {
        if (!rules.Writes)
        {
            return;
        }

        var action = rules.Action ?? context.GetEndpoint()?.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName ?? "";
        if ((rules.Scope is Scopes.Record && action is not ("StartSession" or "CompleteSession" or "RewardSession" or "ProposeEntries"))
            || status is not ((>= 200 and < 300) or StatusCodes.Status303SeeOther or 403 or 409 or 412))
        {
            return;
        }

        var note = context.Features.Get<AuditNote>();
        await WriteAsync(new AuditEntry
        {
            Tenant = caller.Tenant,
            Actor = caller.Name,
            ApiKeyId = caller.KeyId,
            Door = rules.Door,
            Address = context.Connection.RemoteIpAddress?.ToString(),
            Action = action,
            Subject = note?.Subject ?? context.Request.RouteValues["key"] as string ?? context.Request.RouteValues["id"] as string,
            Status = status,
            Request = note is { KeepsRequest: false } ? null
                : note?.Request is { } asked ? redaction.Json(asked, "request", new Findings())
                : await RequestAsync(context).ConfigureAwait(false),
            Before = note?.Before,
            After = note?.After,
        }).ConfigureAwait(false);
    }

    /// <summary>Records a change. The change remains in effect even if this fails.</summary>
    public async Task WriteAsync(AuditEntry entry)
    {
        try
        {
            await log.WriteAsync(entry).ConfigureAwait(false);
        }
        catch (NpgsqlException failure)
        {
            // The change was made, and the journal of its key has it, too.
            NotNoted(logger, failure, entry.Action, entry.Actor);
        }
    }

    private async Task<JsonElement?> RequestAsync(HttpContext context)
    {
        if (context.Features.Get<RequestBytes>() is null)
        {
            return null;
        }

        var bytes = await RequestBytes.ReadAsync(context).ConfigureAwait(false);
        if (bytes.Length is 0)
        {
            return null;
        }

        try
        {
            return bytes.Length <= MostOfRequest
                ? redaction.Json(JsonElement.Parse(bytes), "request", new Findings())
                : JsonSerializer.SerializeToElement(new { bytes = bytes.Length, shortened = true }, ApiJson.Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    [LoggerMessage(1501, LogLevel.Error, "The audit did not take {Action} of {Caller}.")]
    private static partial void NotNoted(ILogger logger, Exception failure, string action, string caller);
}

/// <summary>What an endpoint knows about its change.</summary>
/// <param name="Subject">What was changed; null for what the address names.</param>
/// <param name="Before">The state before the change.</param>
/// <param name="After">The state after the change.</param>
public sealed record AuditNote(string? Subject, JsonElement? Before = null, JsonElement? After = null)
{
    /// <summary>Gets a value indicating whether the request can be stored.</summary>
    public bool KeepsRequest { get; init; } = true;

    /// <summary>Gets a value indicating whether the change was made, so that it is audited even if its answer fails.</summary>
    public bool IsMade { get; init; }

    /// <summary>Gets the request to record; null for the body of the request.</summary>
    public JsonElement? Request { get; init; }
}
