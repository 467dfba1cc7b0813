using Npgsql;

namespace Atlas.Database;

/// <summary>The exception thrown if a database cannot store every text because its encoding is not UTF-8. The message has the statement
/// that creates one that can.</summary>
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

    /// <summary>Returns why Atlas does not work on the database of an open connection; null if it does. Needs no round trip.</summary>
    public static string? Fault(NpgsqlConnection connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        return connection.PostgresParameters.TryGetValue("server_encoding", out var encoding) && encoding != Needed
            ? $"The database {connection.Database} has the encoding {encoding}. Atlas needs {Needed}, because it stores text in every language. "
                + $"Create another database for it: {Statement(connection.Database + "_utf8")}"
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

    /// <summary>Returns the statement that creates a database for Atlas. <c>C</c> is the only locale that works with every encoding on
    /// every system.</summary>
    internal static string Statement(string database) =>
        $"CREATE DATABASE \"{database.Replace("\"", "\"\"", StringComparison.Ordinal)}\" ENCODING 'UTF8' TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE 'C';";
}
