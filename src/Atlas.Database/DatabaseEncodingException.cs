using Npgsql;

namespace Atlas.Database;

/// <summary>The database cannot store every text, because its encoding is not UTF-8. The message has the statement that makes one which can.</summary>
public sealed class DatabaseEncodingException : Exception
{
    private const string Needed = "UTF8";

    public DatabaseEncodingException(string message) : base(message)
    {
    }

    public DatabaseEncodingException(string message, Exception inner) : base(message, inner)
    {
    }

    public DatabaseEncodingException()
    {
    }

    /// <summary>Why Atlas does not work on the database of an open connection; null if it does. Takes no round trip.</summary>
    public static string? Fault(NpgsqlConnection connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        return connection.PostgresParameters.TryGetValue("server_encoding", out var encoding) && encoding != Needed
            ? $"The database {connection.Database} has the encoding {encoding}. Atlas needs {Needed}, because its texts come in every language. "
                + $"Make another database for it: {Statement(connection.Database + "_utf8")}"
            : null;
    }

    /// <exception cref="DatabaseEncodingException">The encoding is not UTF-8.</exception>
    public static void Demand(NpgsqlConnection connection)
    {
        if (Fault(connection) is { } fault)
        {
            throw new DatabaseEncodingException(fault);
        }
    }

    /// <summary>What makes a database for Atlas. <c>C</c> is the one locale that goes with every encoding on every system.</summary>
    internal static string Statement(string database) =>
        $"CREATE DATABASE \"{database.Replace("\"", "\"\"", StringComparison.Ordinal)}\" ENCODING 'UTF8' TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE 'C';";
}
