using System.Net.Sockets;
using System.Security.Authentication;
using Npgsql;

namespace Atlas.Database;

/// <summary>Why a database cannot be used, as what it is, for people. Every message about a connection comes from here: it is made of
/// host, port, database, user and what the server said, never of the address as it was given.</summary>
/// <param name="Sentence">What is wrong, with a full stop.</param>
/// <param name="Remedy">What to do, with a full stop.</param>
public sealed record DatabaseFailure(string Sentence, string Remedy)
{
    private const string Unencoded =
        "Correct user and password in the address; there the characters @ : / ? # % of a password are best written as %40 %3A %2F %3F %23 %25.";

    /// <summary>What <paramref name="failure"/> means for <paramref name="database"/>; null if it is not about the database.</summary>
    public static DatabaseFailure? Of(Exception failure, AtlasDatabase database)
    {
        ArgumentNullException.ThrowIfNull(database);
        return Cause(failure) switch
        {
            PostgresException refused => OfServer(refused, database),
            SocketException socket => OfNetwork(socket, database),
            TimeoutException => new(
                $"The database {database.DisplayName} does not answer: nothing came back in time.",
                "See whether the server stands still or is overloaded, and whether a firewall keeps the answer back."),
            AuthenticationException tls => new(
                $"The database {database.DisplayName} and Atlas agree on no encrypted connection: {Stop(tls.Message)}",
                "Correct sslmode and sslrootcert of the address, or the certificate of the server."),
            EndOfStreamException => new(
                $"The database {database.DisplayName} does not answer: the connection was closed at once.",
                "See whether that port is really PostgreSQL's, and what its log says."),
            NpgsqlException { Message: var message } when message.StartsWith("No password", StringComparison.Ordinal) => new(
                $"The database {database.DisplayName} wants a password of the user '{database.User}', and the address has none.", Unencoded),
            NpgsqlException { InnerException: null, Message: var message } when message.StartsWith("Unable to connect to a suitable host", StringComparison.Ordinal) => new(
                $"None of the hosts {database.Place} can be used: those that answer take no writes.",
                "Name the primary server, too."),
            NpgsqlException other => new(
                $"The database {database.DisplayName} does not answer: {Stop(other.Message)}", "Start that server, or correct the address."),
            _ => null,
        };
    }

    /// <inheritdoc cref="Of(Exception, AtlasDatabase)"/>
    public static DatabaseFailure? Of(Exception failure, NpgsqlDataSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return Of(failure, AtlasDatabase.Parse(source.ConnectionString));
    }

    /// <summary>Both sentences.</summary>
    public override string ToString() => $"{Sentence} {Remedy}";

    // The innermost reason that says most: what a server said, before what the network did.
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
            "Correct the user in the address, or let the server's pg_hba.conf admit it."),
        PostgresErrorCodes.InvalidCatalogName => new(
            $"The server {database.Place} has no database '{database.DatabaseName}'.",
            $"Correct its name in the address, or make it: {DatabaseEncodingException.Statement(database.DatabaseName)}"),
        PostgresErrorCodes.TooManyConnections => new(
            $"The database {database.DisplayName} takes no more connections: {Stop(refused.MessageText)}",
            "Close some, raise max_connections of the server, or lower storage.max_connections."),
        PostgresErrorCodes.CannotConnectNow => new(
            $"The database {database.DisplayName} does not answer yet: {Stop(refused.MessageText)}", "Try again in a moment."),
        PostgresErrorCodes.InsufficientPrivilege => new(
            $"The database {database.DisplayName} does not allow this to the user '{database.User}': {Stop(refused.MessageText)}",
            "Grant it, or name another user in the address."),
        _ => new(
            $"The database {database.DisplayName} refuses: {Stop(refused.MessageText)}", "See the log of the server, or of the pooler before it."),
    };

    private static DatabaseFailure OfNetwork(SocketException socket, AtlasDatabase database) => socket.SocketErrorCode switch
    {
        SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData or SocketError.NoRecovery => new(
            $"The host of the database {database.DisplayName} is not known.", "Correct the host in the address, or the name service of this machine."),
        SocketError.ConnectionRefused => new(
            $"The database {database.DisplayName} does not answer: nothing listens there.", "Start that server, or correct host and port in the address."),
        SocketError.AddressNotAvailable when database.Host.StartsWith('/') => new(
            $"The database {database.DisplayName} does not answer: there is no socket of a server in {database.Host}.",
            "Start that server, or correct folder and port in the address."),
        _ => new($"The database {database.DisplayName} does not answer: {Stop(socket.Message)}", "Start that server, or correct the address."),
    };

    private static string Stop(string text) => text.TrimEnd('.', ' ', '\n') + ".";
}
