using System.Data.Common;
using System.Text.Json;
using Atlas.Cli.Invocation;
using Atlas.Domain.Json;
using Atlas.Queries;
using Atlas.Storage.Access;

namespace Atlas.Cli.Database;

/// <summary>Records in the audit what commands change, under the names that the HTTP API uses.</summary>
internal sealed class CommandAudit(CommandContext context) : IAsyncDisposable
{
    private const string Door = "cli";
    private const string TenantMark = "tenant:";

    private readonly Lazy<AtlasQueries> _queries = new(
        () => AtlasQueries.Of(DatabaseAccess.Parse(new DatabaseHost(context).Require().ConnectionString)));

    /// <summary>Returns the learning key of a session, as it is stored; null if there is none.</summary>
    public async Task<string?> FindKeyAsync(long sessionId, CancellationToken cancellation)
    {
        try
        {
            return (await _queries.Value.Sessions.FindKeyAsync(sessionId, cancellation)).LearningKey;
        }
        catch (DbException)
        {
            // The change itself will report what is wrong.
            return null;
        }
    }

    public ValueTask DisposeAsync() => _queries.IsValueCreated ? _queries.Value.DisposeAsync() : default;

    /// <summary>Records a change of a learning key, or the attempt. The change remains in effect even if this fails.</summary>
    /// <param name="action">The operation.</param>
    /// <param name="learningKey">The key, as it is stored.</param>
    /// <param name="subject">What was changed; null for the key.</param>
    /// <param name="author">The author of the change.</param>
    /// <param name="status">The outcome, as an HTTP status.</param>
    /// <param name="request">The request.</param>
    /// <param name="before">The state before the change; null if unknown.</param>
    /// <param name="after">The state after the change; null if unknown.</param>
    public async Task NoteAsync(
        string action, string? learningKey, string? subject, string author, int status, object? request = null, object? before = null, object? after = null)
    {
        var (tenant, shown) = Split(learningKey);
        try
        {
            await _queries.Value.Audit.WriteAsync(new AuditEntry
            {
                Tenant = tenant,
                Actor = author,
                Door = Door,
                Address = Environment.MachineName,
                Action = action,
                Subject = subject ?? shown,
                Status = status,
                Request = Json(request),
                Before = Json(before),
                After = Json(after),
            });
        }
        catch (Exception failure) when (failure is DbException or CommandFailedException)
        {
            context.Terminal.Say(
                $"{(status == 200 ? "The change was made, but could" : "This could")} not be written to the audit: {failure.Message}");
        }
    }

    /// <summary>Splits a stored key into its tenant and the key as the tenant writes it.</summary>
    private static (string Tenant, string? Key) Split(string? stored) =>
        stored is not null && stored.StartsWith(TenantMark, StringComparison.Ordinal) && stored.IndexOf('/', StringComparison.Ordinal) is > 0 and var end
            ? (stored[TenantMark.Length..end], stored[(end + 1)..])
            : ("", stored);

    private static JsonElement? Json(object? value) => value is null ? null : JsonSerializer.SerializeToElement(value, AtlasJson.Options);
}
