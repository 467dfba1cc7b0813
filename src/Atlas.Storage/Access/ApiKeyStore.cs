using System.Collections.Immutable;
using System.Security.Cryptography;
using Atlas.Storage.Connection;
using Npgsql;

namespace Atlas.Storage.Access;

/// <summary>Stores API keys.</summary>
public sealed class ApiKeyStore(NpgsqlDataSource database)
{
    private const string Columns =
        "id, name, tenant, scopes, key_prefix, requests_per_second, created_at, created_by, expires_at, revoked_at, last_used_at, default_key";

    private const string Insert = """
        INSERT INTO public.api_keys (id, name, tenant, sha256, scopes, key_prefix, requests_per_second, created_by, expires_at, default_key)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        """;

    /// <summary>Creates a key.</summary>
    /// <param name="wanted">The properties of the key; its id and times are set here.</param>
    /// <param name="cancellationToken">Cancels before it is created.</param>
    /// <returns>The key, which cannot be retrieved again, and its record.</returns>
    public async Task<(string Key, ApiKeyRecord Record)> CreateAsync(ApiKeyRecord wanted, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        return await MakeAsync($"{Insert} RETURNING {Columns}", wanted, _ => { }, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Creates a key that replaces another one, and sets when the other one expires, unless it expires earlier.</summary>
    /// <param name="before">The id of the key to replace.</param>
    /// <param name="until">When that key expires.</param>
    /// <param name="wanted">The properties of the new key; its id and times are set here.</param>
    /// <param name="cancellationToken">Cancels before it is created.</param>
    /// <returns>The new key, which cannot be retrieved again, and its record.</returns>
    public async Task<(string Key, ApiKeyRecord Record)> ReplaceAsync(
        string before, DateTimeOffset until, ApiKeyRecord wanted, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        return await MakeAsync(
            $"""
            WITH old AS (UPDATE public.api_keys SET expires_at = least(expires_at, $12) WHERE id = $11),
            made AS ({Insert} RETURNING *)
            SELECT {Columns} FROM made
            """,
            wanted,
            parameters => parameters.Text(before).Time(until),
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Finds the record of a key by its text.</summary>
    public async Task<ApiKeyRecord?> FindAsync(string key, CancellationToken cancellationToken = default)
    {
        if (ApiKey.IdOf(key) is not { } id)
        {
            return null;
        }

        var command = database.CreateCommand($"SELECT sha256, {Columns} FROM public.api_keys WHERE id = $1");
        await using var commandDisposal = command.ConfigureAwait(false);
        command.Parameters.Text(id);
        var found = await command.FirstAsync(
            row => (object)(row.GetFieldValue<byte[]>(0), Read(row)), cancellationToken).ConfigureAwait(false);
        return found is (byte[] hash, ApiKeyRecord record) && CryptographicOperations.FixedTimeEquals(hash, ApiKey.Hash(key)) ? record : null;
    }

    /// <summary>Finds the record of a key by its id.</summary>
    public async Task<ApiKeyRecord?> FindByIdAsync(string id, CancellationToken cancellationToken = default)
    {
        var command = database.CreateCommand($"SELECT {Columns} FROM public.api_keys WHERE id = $1");
        await using var commandDisposal = command.ConfigureAwait(false);
        command.Parameters.Text(id);
        return await command.FirstAsync(Read, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Whether any key was ever created.</summary>
    public async Task<bool> AnyAsync(CancellationToken cancellationToken = default)
    {
        var command = database.CreateCommand("SELECT EXISTS (SELECT 1 FROM public.api_keys)");
        await using var commandDisposal = command.ConfigureAwait(false);
        return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is true;
    }

    /// <summary>Returns all keys by tenant and name, newest of a name first.</summary>
    public async Task<ImmutableArray<ApiKeyRecord>> ListAsync(CancellationToken cancellationToken = default)
    {
        var command = database.CreateCommand($"SELECT {Columns} FROM public.api_keys ORDER BY tenant, name, created_at DESC, id");
        await using var commandDisposal = command.ConfigureAwait(false);
        return await command.ListAsync(Read, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Revokes a key.</summary>
    /// <returns>The key as it was before; null if it does not exist.</returns>
    public async Task<ApiKeyRecord?> RevokeAsync(string id, string by, CancellationToken cancellationToken = default)
    {
        var command = database.CreateCommand($"""
            WITH before AS (SELECT * FROM public.api_keys WHERE id = $1 FOR UPDATE),
            gone AS (UPDATE public.api_keys k SET revoked_at = now(), revoked_by = $2 FROM before WHERE k.id = before.id AND before.revoked_at IS NULL)
            SELECT {Columns} FROM before
            """);
        await using var commandDisposal = command.ConfigureAwait(false);
        command.Parameters.Text(id).Text(by);
        return await command.FirstAsync(Read, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Sets when a key expires, unless it expires earlier.</summary>
    public async Task ExpireAsync(string id, DateTimeOffset at, CancellationToken cancellationToken = default)
    {
        var command = database.CreateCommand("UPDATE public.api_keys SET expires_at = least(expires_at, $2) WHERE id = $1");
        await using var commandDisposal = command.ConfigureAwait(false);
        command.Parameters.Text(id).Time(at);
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Records that a key was used.</summary>
    public async Task UsedAsync(string id, CancellationToken cancellationToken = default)
    {
        var command = database.CreateCommand(
            "UPDATE public.api_keys SET last_used_at = now() WHERE id = $1 AND (last_used_at IS NULL OR last_used_at < now() - interval '1 minute')");
        await using var commandDisposal = command.ConfigureAwait(false);
        command.Parameters.Text(id);
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task<(string Key, ApiKeyRecord Record)> MakeAsync(
        string sql, ApiKeyRecord wanted, Action<NpgsqlParameterCollection> more, CancellationToken cancellationToken)
    {
        var (id, key) = ApiKey.Create();
        var command = database.CreateCommand(sql);
        await using var commandDisposal = command.ConfigureAwait(false);
        command.Parameters.Text(id).Text(wanted.Name).Text(wanted.Tenant);
        command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = ApiKey.Hash(key) });
        command.Parameters.Texts(wanted.Scopes).Text(wanted.KeyPrefix).Int(wanted.RequestsPerSecond).Text(wanted.CreatedBy).Time(wanted.ExpiresAt).Text(wanted.DefaultKey);
        more(command.Parameters);
        return (key, (await command.FirstAsync(Read, cancellationToken).ConfigureAwait(false))!);
    }

    private static ApiKeyRecord Read(NpgsqlDataReader row) => new()
    {
        Id = row.RequiredText("id"),
        Name = row.RequiredText("name"),
        Tenant = row.RequiredText("tenant"),
        Scopes = [.. row.GetFieldValue<string[]>(row.GetOrdinal("scopes"))],
        KeyPrefix = row.RequiredText("key_prefix"),
        DefaultKey = row.Text("default_key"),
        RequestsPerSecond = row.Int("requests_per_second"),
        CreatedAt = row.Time("created_at"),
        CreatedBy = row.RequiredText("created_by"),
        ExpiresAt = row.TimeOrNull("expires_at"),
        RevokedAt = row.TimeOrNull("revoked_at"),
        LastUsedAt = row.TimeOrNull("last_used_at"),
    };
}
