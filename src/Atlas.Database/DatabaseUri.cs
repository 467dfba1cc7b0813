using System.Globalization;
using Npgsql;

namespace Atlas.Database;

/// <summary>Parses <c>postgresql://user:password@host:port,host:port/database?parameter=value</c> like libpq, and also accepts a password
/// whose special characters are not percent-encoded.</summary>
internal static class DatabaseUri
{
    public static bool IsUri(string text)
    {
        var colon = text.IndexOf("://", StringComparison.Ordinal);
        return colon > 0 && text[..colon].All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '+' or '-' or '.');
    }

    /// <exception cref="DatabaseAddressException">The address is not valid.</exception>
    public static NpgsqlConnectionStringBuilder Parse(string text)
    {
        var scheme = text[..text.IndexOf("://", StringComparison.Ordinal)];
        if (scheme.ToUpperInvariant() is not ("POSTGRESQL" or "POSTGRES"))
        {
            throw new DatabaseAddressException(
                $"The database address begins with {scheme}://; only postgresql:// is supported. {DatabaseAddress.Shape}");
        }

        // The end of the password is uncertain, because it can contain @ / ? and # itself. Use the earliest end after which the rest is a
        // valid address, so that no part of the password is ever taken for a host, a port or a database.
        var rest = text[(scheme.Length + 3)..];
        DatabaseAddressException? wrong = null;
        foreach (var end in EndsOfUser(rest))
        {
            try
            {
                return Parse(end < 0 ? "" : rest[..end], rest[(end + 1)..]);
            }
            catch (DatabaseAddressException fault)
            {
                wrong = fault;
            }
        }

        // The error for the last @, after which there is nothing of a password.
        throw wrong!;
    }

    private static IEnumerable<int> EndsOfUser(string text)
    {
        // First try an address without a user.
        yield return -1;
        for (var at = text.IndexOf('@'); at >= 0; at = text.IndexOf('@', at + 1))
        {
            yield return at;
        }
    }

    private static NpgsqlConnectionStringBuilder Parse(string userInfo, string rest)
    {
        var query = rest.IndexOf('?');
        var (place, parameters) = query < 0 ? (rest, "") : (rest[..query], rest[(query + 1)..]);
        var slash = place.IndexOf('/');
        var (hosts, database) = slash < 0 ? (place, "") : (place[..slash], place[(slash + 1)..]);
        if (database.Contains('@') || database.Contains('#'))
        {
            throw new DatabaseAddressException(
                $"The name of the database contains @ or #. Percent-encode these characters, as %40 and %23. {DatabaseAddress.Shape}");
        }

        var builder = new NpgsqlConnectionStringBuilder();
        if (hosts.Length > 0)
        {
            DatabaseHosts.Set(builder, hosts);
        }

        var user = userInfo.Split(':', 2);
        if (user[0].Length > 0)
        {
            builder.Username = Decode(user[0]);
        }

        if (user.Length == 2)
        {
            builder.Password = Decode(user[1]);
        }

        if (database.Length > 0)
        {
            builder.Database = Decode(database);
        }

        DatabaseParameters.Set(builder, parameters);
        return builder;
    }

    /// <summary>Returns the text without percent-encoding; a percent sign that does not begin an escape is literal.</summary>
    internal static string Decode(string text) => Uri.UnescapeDataString(text);

    /// <summary>Writes the address. Settings other than host, port, user, password and database follow as parameters.</summary>
    /// <param name="builder">The settings.</param>
    /// <param name="withPassword">Whether to include the password.</param>
    /// <param name="forOthers">Whether to include only parameters that programs with libpq understand.</param>
    internal static string Write(NpgsqlConnectionStringBuilder builder, bool withPassword, bool forOthers)
    {
        var user = Encode(builder.Username);
        var password = withPassword ? Encode(builder.Password) : "";
        var database = Encode(builder.Database);
        var parameters = DatabaseParameters.Write(builder, withPassword, forOthers);
        if (builder.Host!.StartsWith('/'))
        {
            // The directory of a socket cannot be before the path of an address, so everything goes into the query.
            var query = string.Create(CultureInfo.InvariantCulture, $"host={Encode(builder.Host)}&port={builder.Port}")
                + (user.Length > 0 ? $"&user={user}" : "") + (password.Length > 0 ? $"&password={password}" : "");
            return $"postgresql:///{database}?{string.Join('&', [query, .. parameters])}";
        }

        var userInfo = user.Length == 0 ? "" : password.Length == 0 ? $"{user}@" : $"{user}:{password}@";
        return $"postgresql://{userInfo}{DatabaseHosts.Write(builder)}/{database}{(parameters.Count > 0 ? "?" : "")}{string.Join('&', parameters)}";
    }

    internal static string Encode(string? text) => Uri.EscapeDataString(text ?? "");
}
