using Npgsql;

namespace Atlas.Storage.Sessions;

/// <summary>Translates the database's errors about a missing session.</summary>
internal static class SessionErrors
{
    public static async Task GuardAsync(long sessionId, Task write)
    {
        try
        {
            await write.ConfigureAwait(false);
        }
        catch (PostgresException missing) when (missing.SqlState == PostgresErrorCodes.ForeignKeyViolation)
        {
            throw new UnknownSessionException(sessionId);
        }
    }
}
