using System.Data.Common;
using System.Text.Json;
using Atlas.Cli.Invocation;
using Atlas.Domain.Json;
using Atlas.Queries;
using Atlas.Storage.Access;

namespace Atlas.Cli.Database;

/// <summary>Writes down what commands change, under the names that the HTTP API has for it.</summary>
internal sealed class CommandAudit(CommandContext context) : IAsyncDisposable
{
    private const string Door = "cli";
    private const string TenantMark = "tenant:";

    private readonly Lazy<AtlasQueries> _queries = new(
        () => AtlasQueries.Of(DatabaseAccess.Parse(new DatabaseHost(context).Require().ConnectionString)));

    /// <summary>The learning key of a session, as it is stored; null if there is none.</summary>
    public async Task<string?> FindKeyAsync(long sessionId, CancellationToken cancellation)
    {
        try
        {
            return (await _queries.Value.Sessions.FindKeyAsync(sessionId, cancellation)).LearningKey;
        }
        catch (DbException)
        {
            // Whoever changes the session says what is wrong.
            return null;
        }
    }

    public ValueTask DisposeAsync() => _queries.IsValueCreated ? _queries.Value.DisposeAsync() : default;

    /// <summary>Writes a change of a learning key down. The change stands, whatever becomes of this.</summary>
    /// <param name="action">The operation.</param>
    /// <param name="learningKey">The key, as it is stored.</param>
    /// <param name="subject">What was changed; null for the key.</param>
    /// <param name="author">Who did it.</param>
    /// <param name="status">What came of it, as HTTP would say.</param>
    /// <param name="request">What was asked.</param>
    /// <param name="before">What it was like; null if unknown.</param>
    /// <param name="after">What it is like; null if unknown.</param>
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
        catch (DbException failure)
        {
            context.Terminal.Say($"What was done stands, but the audit did not take it: {failure.Message}");
        }
    }

    /// <summary>The tenant that a stored key belongs to, and the key as the tenant writes it.</summary>
    private static (string Tenant, string? Key) Split(string? stored) =>
        stored is not null && stored.StartsWith(TenantMark, StringComparison.Ordinal) && stored.IndexOf('/', StringComparison.Ordinal) is > 0 and var end
            ? (stored[TenantMark.Length..end], stored[(end + 1)..])
            : ("", stored);

    private static JsonElement? Json(object? value) => value is null ? null : JsonSerializer.SerializeToElement(value, AtlasJson.Options);
}
