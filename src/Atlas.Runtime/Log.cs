using Microsoft.Extensions.Logging;

namespace Atlas.Runtime;

/// <summary>The log messages of the runtime.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Warning, "The observer {Observer} failed; the session continues without notifying it.")]
    public static partial void ObserverFailed(this ILogger log, Exception failure, string observer);

    [LoggerMessage(2, LogLevel.Warning, "Session {SessionId}: {Warning}")]
    public static partial void RunWarning(this ILogger log, long sessionId, string warning);

    [LoggerMessage(3, LogLevel.Error, "Session {SessionId} failed.")]
    public static partial void RunFailed(this ILogger log, Exception failure, long sessionId);

    [LoggerMessage(4, LogLevel.Error, "Session {SessionId} could not be closed; the cluster closes it as failed when its lease runs out: {Reason}")]
    public static partial void NotClosed(this ILogger log, long sessionId, string reason);

    [LoggerMessage(5, LogLevel.Warning, "A record of session {SessionId} waits for the cluster: {Reason}")]
    public static partial void RecordWaits(this ILogger log, long sessionId, string reason);

    [LoggerMessage(6, LogLevel.Warning, "A record of session {SessionId} was refused: {Reason}")]
    public static partial void RecordRefused(this ILogger log, long sessionId, string reason);

    [LoggerMessage(7, LogLevel.Warning, "The cluster cannot be reached; retrying: {Reason}")]
    public static partial void TriesAgain(this ILogger log, string reason);
}
