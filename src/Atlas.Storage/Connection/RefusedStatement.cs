using Npgsql;

namespace Atlas.Storage.Connection;

/// <summary>Tells why a statement for several callers was refused.</summary>
internal static class RefusedStatement
{
    /// <summary>Whether a single item can be the cause: bad data, a broken rule, a limit, a conflict with another transaction, or a value that
    /// cannot be sent at all.</summary>
    public static bool IsAboutContent(this Exception refused) => refused is PostgresException told
        ? told.SqlState[..2] is "22" or "23" or "40" or "42" or "54"
        : refused is not (NpgsqlException or OperationCanceledException or ObjectDisposedException);
}
