using System.Security.Cryptography;
using System.Text;
using Atlas.Storage.Connection;
using Npgsql;

namespace Atlas.Storage.Access;

/// <summary>Who is signed in to the console.</summary>
/// <param name="KeyId">The API key that was shown; null for who came by a one-time address.</param>
/// <param name="Name">Who it is.</param>
public sealed record ConsoleIdentity(string? KeyId, string Name);

/// <summary>Keeps who is signed in to the console, for all silos, and the one-time addresses that let somebody in.</summary>
/// <remarks>A secret is 256 random bits and is stored as its hash only.</remarks>
public sealed class ConsoleCredentials(NpgsqlDataSource database)
{
    /// <summary>How long a one-time address is good.</summary>
    public static readonly TimeSpan AddressLifetime = TimeSpan.FromMinutes(15);

    /// <summary>How long somebody stays signed in.</summary>
    public static readonly TimeSpan CookieLifetime = TimeSpan.FromHours(12);

    /// <summary>The path of a one-time address below a silo's own, the secret at its end.</summary>
    public const string AddressPath = "/enter?with=";

    /// <summary>A secret for a one-time address, which makes whoever opens it first an administrator.</summary>
    /// <param name="name">Who that is, for the audit and the history.</param>
    /// <param name="cancellationToken">Stops before it is made.</param>
    public Task<string> NewAddressAsync(string name, CancellationToken cancellationToken = default) =>
        NewAsync("address", new ConsoleIdentity(null, name), AddressLifetime, cancellationToken);

    /// <summary>A secret for a browser's cookie.</summary>
    public Task<string> NewCookieAsync(ConsoleIdentity identity, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(identity);
        return NewAsync("cookie", identity, CookieLifetime, cancellationToken);
    }

    /// <summary>Whom an address lets in; null if it is unknown, too old or was used. It is used by this.</summary>
    public Task<ConsoleIdentity?> UseAddressAsync(string secret, CancellationToken cancellationToken = default) => OneAsync(
        "DELETE FROM orleans.console_credential WHERE sha256 = $1 AND kind = 'address' AND expires_at > now() RETURNING key_id, name", secret, cancellationToken);

    /// <summary>Whose cookie this is; null if nobody's, or too old.</summary>
    public Task<ConsoleIdentity?> FindCookieAsync(string secret, CancellationToken cancellationToken = default) => OneAsync(
        "SELECT key_id, name FROM orleans.console_credential WHERE sha256 = $1 AND kind = 'cookie' AND expires_at > now()", secret, cancellationToken);

    /// <summary>Makes a cookie worthless.</summary>
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
