using Npgsql;

namespace Atlas.Database;

/// <summary>Parses both forms of a database address: a <c>postgresql://</c> address and Npgsql's <c>Key=Value</c> text.</summary>
public static class DatabaseAddress
{
    internal const string Shape =
        "Write postgresql://user:password@host:port/database or Host=…;Port=…;Username=…;Password=…;Database=….";

    /// <exception cref="DatabaseAddressException">The text is not an address; the message says why, and repeats nothing of the text that
    /// could belong to a password.</exception>
    public static NpgsqlConnectionStringBuilder Parse(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            throw new DatabaseAddressException($"The database address is empty. {Shape}");
        }

        var trimmed = text.Trim();
        var builder = DatabaseUri.IsUri(trimmed) ? DatabaseUri.Parse(trimmed) : ParseKeyValues(trimmed);
        if (string.IsNullOrEmpty(builder.Host))
        {
            throw new DatabaseAddressException(
                $"The database address has no host. {Shape} For a Unix socket, the host is the socket's folder: postgresql:///database?host=/var/run/postgresql.");
        }

        return builder;
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
        catch (Exception wrong) when (wrong is ArgumentException or KeyNotFoundException or FormatException or OverflowException)
        {
            throw new DatabaseAddressException(Explain(text));
        }
    }

    // The message of the exception can quote a value, and a password without quotes can look like a key.
    private static string Explain(string text)
    {
        var parts = text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (!parts.Any(part => part.Contains('=') && Understands(part.Split('=', 2)[0].Trim())))
        {
            return $"The database address is neither a URI nor a list of Key=Value. {Shape}";
        }

        var unknown = parts
            .TakeWhile(part => !IsPassword(part))
            .Where(part => part.Contains('='))
            .Select(part => part.Split('=', 2)[0].Trim())
            .Where(key => !Understands(key))
            .ToList();
        if (unknown.Count > 0)
        {
            return $"The connection string has unknown keys: {string.Join(", ", unknown)}. {Shape}";
        }

        return parts.Any(IsPassword)
            ? "The connection string cannot be parsed. Put a password that contains one of ; ' \" = or begins or ends with a space in quotes: "
                + $"Password='…' (double every quote inside it). Ports and timeouts are whole numbers, switches are true or false. {Shape}"
            : $"A value in the connection string is not valid: ports and timeouts are whole numbers, switches are true or false. {Shape}";
    }

    private static bool IsPassword(string part) => part.Split('=', 2)[0].Trim().ToUpperInvariant() is "PASSWORD" or "PWD" or "PSW" or "PASS" or "PASSWD";

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
