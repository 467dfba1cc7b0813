using System.Collections.Immutable;
using System.Text.Json;
using Atlas.Cli.Database;
using Atlas.Cli.Invocation;
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
            await NoteAsync(queries.Audit, "CreateApiKey", made.Record, cancellation);
            return made;
        });

    /// <summary>Creates a new key with the same rights; the previous one stays valid for a while.</summary>
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
                    $"'{name}' already has two active keys. Revoke the older one first: `atlas key revoke {alive[^1].Id}`.");
            }

            var until = context.Clock.GetUtcNow() + grace;
            var made = await store.CreateAsync(alive[0] with { CreatedBy = author, ExpiresAt = null }, cancellation);
            await store.ExpireAsync(alive[0].Id, until, cancellation);
            await NoteAsync(queries.Audit, "RotateApiKey", made.Record, cancellation);
            return (made.Key, made.Record, alive[0], until);
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
                await NoteAsync(queries.Audit, "RevokeApiKey", key, cancellation);
            }

            return alive;
        });

    private Task NoteAsync(AuditLog log, string action, ApiKeyRecord key, CancellationToken cancellation) => log.WriteAsync(
        new AuditEntry
        {
            Tenant = key.Tenant,
            Actor = author,
            Door = "cli",
            Action = action,
            Subject = key.Id,
            Status = 200,
            After = JsonSerializer.SerializeToElement(KeyReport.Of(key, context.Clock), AtlasJson.Options),
        },
        cancellation);

    private static bool Same(ApiKeyRecord one, ApiKeyRecord other) => one.Name == other.Name && one.Tenant == other.Tenant;

    private static CommandFailedException Unknown(string name) =>
        new(ExitCode.NotFound, $"There is no active API key '{name}'. List the API keys with `atlas key list`.");
}
