using System.Collections.Immutable;
using System.Data.Common;
using System.Text.Json;
using Atlas.Cli.Database;
using Atlas.Cli.Invocation;
using Atlas.Cli.Output;
using Atlas.Domain.Json;
using Atlas.Storage.Access;

namespace Atlas.Cli.Access;

/// <summary>Creates and revokes API keys, and records it in the audit.</summary>
internal sealed class KeyDesk(CommandContext context, string author)
{
    private const int MostAlive = 2;

    public Task<(string Key, ApiKeyRecord Record)> CreateAsync(ApiKeyRecord wanted, CancellationToken cancellation) =>
        new DatabaseAccess(context).ReadAsync(async queries =>
        {
            var store = queries.ApiKeys;
            if ((await store.ListAsync(cancellation)).Any(key => Same(key, wanted) && KeyReport.StateOf(key, context.Clock) == "alive"))
            {
                throw new CommandFailedException(
                    ExitCode.Refused, $"There is already an API key '{wanted.Name}'. Replace it with `atlas key rotate {wanted.Name}`, or choose a different name.");
            }

            var made = await store.CreateAsync(wanted, cancellation);
            await NoteAsync(queries.Audit, "CreateApiKey", made.Record);
            return made;
        });

    /// <summary>Creates a new key with the same rights and the same lifetime; the previous one stays valid for a while.</summary>
    public Task<(string Key, ApiKeyRecord Record, ApiKeyRecord Before, DateTimeOffset Until)> RotateAsync(
        string name, string tenant, TimeSpan grace, CancellationToken cancellation) =>
        new DatabaseAccess(context).ReadAsync(async queries =>
        {
            var store = queries.ApiKeys;
            var alive = (await store.ListAsync(cancellation))
                .Where(key => (key.Name == name || key.Id == name) && key.Tenant == tenant && KeyReport.StateOf(key, context.Clock) == "alive").ToImmutableArray();
            if (alive.IsEmpty)
            {
                throw Unknown(name);
            }

            if (alive.Length >= MostAlive)
            {
                throw new CommandFailedException(
                    ExitCode.Refused,
                    $"'{name}' already has two active keys: {Use(alive[0])}, and the older {Use(alive[^1])}. "
                    + $"Revoke the one that is no longer needed first, as in `atlas key revoke {alive[^1].Id}`.");
            }

            var (before, now) = (alive[0], context.Clock.GetUtcNow());
            var until = before.ExpiresAt is { } expires && expires < now + grace ? expires : now + grace;
            var made = await store.ReplaceAsync(
                before.Id, until, before with { CreatedBy = author, ExpiresAt = now + (before.ExpiresAt - before.CreatedAt) }, cancellation);
            await NoteAsync(queries.Audit, "RotateApiKey", made.Record);
            return (made.Key, made.Record, before, until);
        });

    /// <summary>Revokes a key by its id, or all keys of a name.</summary>
    public Task<ImmutableArray<ApiKeyRecord>> RevokeAsync(string name, string tenant, CancellationToken cancellation) =>
        new DatabaseAccess(context).ReadAsync(async queries =>
        {
            var store = queries.ApiKeys;
            var found = (await store.ListAsync(cancellation))
                .Where(key => key.Id == name || (key.Name == name && key.Tenant == tenant)).ToImmutableArray();
            if (found.IsEmpty)
            {
                throw Unknown(name);
            }

            var alive = found.Where(key => key.RevokedAt is null).ToImmutableArray();
            foreach (var key in alive)
            {
                await store.RevokeAsync(key.Id, author, cancellation);
                await NoteAsync(queries.Audit, "RevokeApiKey", key);
            }

            return alive;
        });

    // The change is made, and a new key can be shown only now: neither the audit nor Ctrl+C may get in between.
    private async Task NoteAsync(AuditLog log, string action, ApiKeyRecord key)
    {
        try
        {
            await log.WriteAsync(new AuditEntry
            {
                Tenant = key.Tenant,
                Actor = author,
                Door = "cli",
                Action = action,
                Subject = key.Id,
                Status = 200,
                After = JsonSerializer.SerializeToElement(KeyReport.Of(key, context.Clock), AtlasJson.Options),
            });
        }
        catch (DbException failure)
        {
            context.Terminal.Say($"The change was made, but could not be written to the audit: {failure.Message}");
        }
    }

    private static string Use(ApiKeyRecord key) => $"{key.Id} ({(key.LastUsedAt is { } used ? $"last used {Wording.Time(used)}" : "never used")})";

    private static bool Same(ApiKeyRecord one, ApiKeyRecord other) => one.Name == other.Name && one.Tenant == other.Tenant;

    private static CommandFailedException Unknown(string name) =>
        new(ExitCode.NotFound, $"There is no active API key '{name}'. List the API keys with `atlas key list`.");
}
