using System.Security.Cryptography;
using System.Text;
using Atlas.Storage.Connection;
using Npgsql;

namespace Atlas.Storage.Access;

/// <summary>The identity of a user of the console.</summary>
/// <param name="KeyId">The API key used to sign in; null for a one-time address.</param>
/// <param name="Name">The user's name.</param>
public sealed record ConsoleIdentity(string? KeyId, string Name);

/// <summary>Stores console sessions for all silos, and the one-time addresses for signing in.</summary>
/// <remarks>A secret is 256 random bits, of which only the hash is stored.</remarks>
public sealed class ConsoleCredentials(NpgsqlDataSource database)
{
    /// <summary>How long a one-time address is valid.</summary>
    public static readonly TimeSpan AddressLifetime = TimeSpan.FromMinutes(15);

    /// <summary>How long a user stays signed in.</summary>
    public static readonly TimeSpan CookieLifetime = TimeSpan.FromHours(12);

    /// <summary>The path of a one-time address on a silo, to be followed by the secret.</summary>
    public const string AddressPath = "/enter?with=";

    /// <summary>Creates the secret of a one-time address, which makes the first to open it an administrator.</summary>
    /// <param name="name">The name of that user, for the audit and the history.</param>
    /// <param name="cancellationToken">Cancels before it is created.</param>
    public Task<string> NewAddressAsync(string name, CancellationToken cancellationToken = default) =>
        NewAsync("address", new ConsoleIdentity(null, name), AddressLifetime, cancellationToken);

    /// <summary>Creates a secret for a browser's cookie.</summary>
    public Task<string> NewCookieAsync(ConsoleIdentity identity, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(identity);
        return NewAsync("cookie", identity, CookieLifetime, cancellationToken);
    }

    /// <summary>Redeems a one-time address and returns its identity; null if it is unknown, expired or already used.</summary>
    public Task<ConsoleIdentity?> UseAddressAsync(string secret, CancellationToken cancellationToken = default) => OneAsync(
        "DELETE FROM orleans.console_credential WHERE sha256 = $1 AND kind = 'address' AND expires_at > now() RETURNING key_id, name", secret, cancellationToken);

    /// <summary>Returns the identity of a cookie; null if it is unknown or expired.</summary>
    public Task<ConsoleIdentity?> FindCookieAsync(string secret, CancellationToken cancellationToken = default) => OneAsync(
        "SELECT key_id, name FROM orleans.console_credential WHERE sha256 = $1 AND kind = 'cookie' AND expires_at > now()", secret, cancellationToken);

    /// <summary>Revokes a cookie.</summary>
    public Task ForgetCookieAsync(string secret, CancellationToken cancellationToken = default) => OneAsync(
        "DELETE FROM orleans.console_credential WHERE sha256 = $1 AND kind = 'cookie' RETURNING key_id, name", secret, cancellationToken);

    private async Task<string> NewAsync(string kind, ConsoleIdentity identity, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        var secret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        var command = database.CreateCommand("""
            WITH old AS (DELETE FROM orleans.console_credential WHERE expires_at < now())
            INSERT INTO orleans.console_credential (sha256, kind, key_id, name, expires_at) VALUES ($1, $2, $3, $4, now() + $5)
            """);
        await using var commandDisposal = command.ConfigureAwait(false);
        command.Parameters.Add(Hash(secret));
        command.Parameters.Text(kind).Text(identity.KeyId).Text(identity.Name).Span(lifetime);
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        return secret;
    }

    private async Task<ConsoleIdentity?> OneAsync(string sql, string secret, CancellationToken cancellationToken)
    {
        var command = database.CreateCommand(sql);
        await using var commandDisposal = command.ConfigureAwait(false);
        command.Parameters.Add(Hash(secret));
        return await command.FirstAsync(row => new ConsoleIdentity(row.Text("key_id"), row.RequiredText("name")), cancellationToken).ConfigureAwait(false);
    }

    private static NpgsqlParameter<byte[]> Hash(string secret) => new() { TypedValue = SHA256.HashData(Encoding.UTF8.GetBytes(secret)) };
}
