using System.Net.Sockets;
using System.Security.Authentication;
using Npgsql;

namespace Atlas.Database;

/// <summary>Why a database cannot be used, for people. Every message about a connection comes from here: it consists of host, port,
/// database, user and the server's message, and never contains the address as it was given.</summary>
/// <param name="Sentence">What is wrong, with a full stop.</param>
/// <param name="Remedy">What to do, with a full stop.</param>
public sealed record DatabaseFailure(string Sentence, string Remedy)
{
    private const string Unencoded =
        "Correct the user and password in the address. Percent-encode the characters @ : / ? # % of a password there, as %40 %3A %2F %3F %23 %25.";

    /// <summary>Returns what <paramref name="failure"/> means for <paramref name="database"/>; null if it does not concern the
    /// database.</summary>
    public static DatabaseFailure? Of(Exception failure, AtlasDatabase database)
    {
        ArgumentNullException.ThrowIfNull(database);
        return Cause(failure) switch
        {
            PostgresException refused => OfServer(refused, database),
            SocketException socket => OfNetwork(socket, database),
            TimeoutException => new(
                $"The database {database.DisplayName} does not answer: the connection timed out.",
                "Check whether the server hangs or is overloaded, and whether a firewall drops the traffic."),
            AuthenticationException tls => new(
                $"The database {database.DisplayName} and Atlas cannot agree on an encrypted connection: {Stop(tls.Message)}",
                "Correct sslmode and sslrootcert in the address, or the server's certificate."),
            EndOfStreamException => new(
                $"The database {database.DisplayName} does not answer: the connection was closed immediately.",
                "Check that PostgreSQL listens on that port, and look at its log."),
            NpgsqlException { Message: var message } when message.StartsWith("No password", StringComparison.Ordinal) => new(
                $"The database {database.DisplayName} requires a password for the user '{database.User}', and the address has none.", Unencoded),
            NpgsqlException { InnerException: null, Message: var message } when message.StartsWith("Unable to connect to a suitable host", StringComparison.Ordinal) => new(
                $"None of the hosts {database.Place} can be used: those that answer do not accept writes.",
                "Add the primary server to the address."),
            NpgsqlException other => new(
                $"The database {database.DisplayName} does not answer: {Stop(other.Message)}", "Start the server, or correct the address."),
            _ => null,
        };
    }

    /// <inheritdoc cref="Of(Exception, AtlasDatabase)"/>
    public static DatabaseFailure? Of(Exception failure, NpgsqlDataSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return Of(failure, AtlasDatabase.Parse(source.ConnectionString));
    }

    /// <summary>Returns both sentences.</summary>
    public override string ToString() => $"{Sentence} {Remedy}";

    // Returns the innermost, most informative reason: a server's message rather than a network error.
    private static Exception? Cause(Exception failure)
    {
        var all = All(failure).ToList();
        return all.OfType<PostgresException>().FirstOrDefault()
            ?? all.OfType<SocketException>().FirstOrDefault()
            ?? all.OfType<TimeoutException>().FirstOrDefault()
            ?? all.OfType<AuthenticationException>().FirstOrDefault()
            ?? (Exception?)all.OfType<EndOfStreamException>().FirstOrDefault()
            ?? all.OfType<NpgsqlException>().LastOrDefault();
    }

    private static IEnumerable<Exception> All(Exception failure) => failure switch
    {
        AggregateException several => several.InnerExceptions.SelectMany(All),
        { InnerException: { } inner } => [failure, .. All(inner)],
        _ => [failure],
    };

    private static DatabaseFailure OfServer(PostgresException refused, AtlasDatabase database) => refused.SqlState switch
    {
        PostgresErrorCodes.InvalidPassword => new(
            $"The database {database.DisplayName} refuses the user '{database.User}': the password is wrong, or there is no such user.", Unencoded),
        PostgresErrorCodes.InvalidAuthorizationSpecification => new(
            $"The database {database.DisplayName} refuses the user '{database.User}': {Stop(refused.MessageText)}",
            "Correct the user in the address, or allow it in the server's pg_hba.conf."),
        PostgresErrorCodes.InvalidCatalogName => new(
            $"The server {database.Place} has no database '{database.DatabaseName}'.",
            $"Correct the name in the address, or create the database: {DatabaseEncodingException.Statement(database.DatabaseName)}"),
        PostgresErrorCodes.TooManyConnections => new(
            $"The database {database.DisplayName} accepts no more connections: {Stop(refused.MessageText)}",
            "Close some, raise the server's max_connections, or lower storage.max_connections."),
        PostgresErrorCodes.CannotConnectNow => new(
            $"The database {database.DisplayName} does not answer yet: {Stop(refused.MessageText)}", "Try again in a moment."),
        PostgresErrorCodes.InsufficientPrivilege => new(
            $"The database {database.DisplayName} does not allow the user '{database.User}' to do this: {Stop(refused.MessageText)}",
            "Grant the privilege, or use another user in the address."),
        _ => new(
            $"The database {database.DisplayName} refused the request: {Stop(refused.MessageText)}", "See the log of the server, or of the pooler in front of it."),
    };

    private static DatabaseFailure OfNetwork(SocketException socket, AtlasDatabase database) => socket.SocketErrorCode switch
    {
        SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData or SocketError.NoRecovery => new(
            $"The host of the database {database.DisplayName} cannot be resolved.", "Correct the host in the address, or fix name resolution on this machine."),
        SocketError.ConnectionRefused => new(
            $"The database {database.DisplayName} does not answer: nothing listens there.", "Start the server, or correct the host and port in the address."),
        SocketError.AddressNotAvailable when database.Host.StartsWith('/') => new(
            $"The database {database.DisplayName} does not answer: there is no server socket in {database.Host}.",
            "Start the server, or correct the folder and port in the address."),
        _ => new($"The database {database.DisplayName} does not answer: {Stop(socket.Message)}", "Start the server, or correct the address."),
    };

    private static string Stop(string text) => text.TrimEnd('.', ' ', '\n') + ".";
}
