using Npgsql;

namespace Atlas.Storage.Connection;

/// <summary>Reads the two ways of naming a database: a <c>postgresql://</c> address and Npgsql's <c>Key=Value</c> text.</summary>
internal static class DatabaseAddress
{
    private const string Shape =
        "Write postgresql://user:password@host:port/database or Host=…;Port=…;Username=…;Password=…;Database=….";

    /// <exception cref="DatabaseAddressException">The text names no database; the message says why.</exception>
    public static NpgsqlConnectionStringBuilder Parse(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            throw new DatabaseAddressException($"The database address is empty. {Shape}");
        }

        var trimmed = text.Trim();
        var builder = trimmed.Contains("://", StringComparison.Ordinal) ? ParseUri(trimmed) : ParseKeyValues(trimmed);
        if (string.IsNullOrEmpty(builder.Host))
        {
            throw new DatabaseAddressException($"The database address names no host. {Shape}");
        }

        return builder;
    }

    private static NpgsqlConnectionStringBuilder ParseUri(string text)
    {
        var scheme = text[..text.IndexOf("://", StringComparison.Ordinal)];
        if (scheme is not ("postgresql" or "postgres"))
        {
            throw new DatabaseAddressException(
                $"The database address begins with {scheme}://; only postgresql:// is understood. {Shape}");
        }

        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri))
        {
            throw new DatabaseAddressException(
                $"The database address is not a valid URI; a password with the characters @ : / ? # % needs them percent-encoded. {Shape}");
        }

        var builder = new NpgsqlConnectionStringBuilder { Host = Uri.UnescapeDataString(uri.Host).Trim('[', ']') };
        if (uri.Port > 0)
        {
            builder.Port = uri.Port;
        }

        var user = uri.UserInfo.Split(':', 2);
        if (user[0].Length > 0)
        {
            builder.Username = Uri.UnescapeDataString(user[0]);
        }

        if (user.Length == 2)
        {
            builder.Password = Uri.UnescapeDataString(user[1]);
        }

        var database = Uri.UnescapeDataString(uri.AbsolutePath.TrimStart('/'));
        if (database.Length > 0)
        {
            builder.Database = database;
        }

        foreach (var pair in uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = pair.Split('=', 2);
            Set(builder, Uri.UnescapeDataString(parts[0]), parts.Length == 2 ? Uri.UnescapeDataString(parts[1]) : "");
        }

        return builder;
    }

    private static void Set(NpgsqlConnectionStringBuilder builder, string name, string value)
    {
        // The names of libpq, where Npgsql has others.
        var keyword = name switch
        {
            "sslmode" => "SSL Mode",
            "sslrootcert" => "Root Certificate",
            "sslcert" => "SSL Certificate",
            "sslkey" => "SSL Key",
            "connect_timeout" => "Timeout",
            "application_name" => "Application Name",
            "user" => "Username",
            "dbname" => "Database",
            "target_session_attrs" => "Target Session Attributes",
            _ => name,
        };
        if (keyword == "SSL Mode")
        {
            value = value.Replace("-", "", StringComparison.Ordinal);
        }

        try
        {
            builder[keyword] = value;
        }
        catch (Exception wrong) when (wrong is ArgumentException or KeyNotFoundException or FormatException)
        {
            var shown = name.Contains("pass", StringComparison.OrdinalIgnoreCase) ? "" : $" with the value '{value}'";
            throw new DatabaseAddressException(
                $"The database address has the parameter '{name}'{shown}, which is not understood. Leave it out or see Npgsql's connection string parameters.");
        }
    }

    private static NpgsqlConnectionStringBuilder ParseKeyValues(string text)
    {
        if (!text.Contains('='))
        {
            throw new DatabaseAddressException($"The database address is neither a URI nor a list of Key=Value. {Shape}");
        }

        try
        {
            return new NpgsqlConnectionStringBuilder(text);
        }
        catch (Exception wrong) when (wrong is ArgumentException or KeyNotFoundException or FormatException)
        {
            // The message of the exception may quote a value: only the names of the keys are safe to show.
            var keys = text.Split(';', StringSplitOptions.RemoveEmptyEntries)
                .Select(part => part.Split('=', 2)[0].Trim())
                .Where(key => !Understands(key));
            var unknown = string.Join(", ", keys);
            throw new DatabaseAddressException(unknown.Length > 0
                ? $"The connection string has keys that are not understood: {unknown}. {Shape}"
                : $"A value of the connection string is not understood: ports and timeouts are whole numbers, switches are true or false. {Shape}");
        }
    }

    private static bool Understands(string key)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder().ContainsKey(key);
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
