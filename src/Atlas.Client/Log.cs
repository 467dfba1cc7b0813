using Microsoft.Extensions.Logging;

namespace Atlas.Client;

/// <summary>What the client says of itself.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Warning, "The cached playbook {File} is ignored: {Reason}. It is written anew when the cluster answers.")]
    public static partial void CacheFileDamaged(this ILogger logger, string file, string reason);

    [LoggerMessage(2, LogLevel.Warning, "The cached playbook {File} cannot be read: {Reason}")]
    public static partial void CacheNotRead(this ILogger logger, string file, string reason);

    [LoggerMessage(3, LogLevel.Warning, "The playbook was not cached in {File}: {Reason}")]
    public static partial void CacheNotWritten(this ILogger logger, string file, string reason);

    [LoggerMessage(10, LogLevel.Warning,
        "Atlas cannot be reached ({Reason}); the chat goes on with the cached {Role} playbook, version {Version} of {StoredAt:u}, and is not recorded.")]
    public static partial void GoesOnWithCache(this ILogger logger, string reason, string role, int version, DateTimeOffset storedAt);

    [LoggerMessage(11, LogLevel.Warning,
        "Atlas cannot be reached ({Reason}); no {Role} playbook is cached, so the chat goes on without one and is not recorded.")]
    public static partial void GoesOnWithoutPlaybook(this ILogger logger, string reason, string role);

    [LoggerMessage(13, LogLevel.Warning, "{Count} events of session {SessionId} wait to be stored: {Reason}")]
    public static partial void EventsWait(this ILogger logger, int count, long sessionId, string reason);

    [LoggerMessage(14, LogLevel.Warning, "{Count} events of session {SessionId} are not stored: {Reason}")]
    public static partial void EventsLost(this ILogger logger, int count, long sessionId, string reason);

    [LoggerMessage(15, LogLevel.Warning, "Session {SessionId} was not completed and may be completed again: {Reason}")]
    public static partial void NotCompleted(this ILogger logger, long sessionId, string reason);

    [LoggerMessage(16, LogLevel.Warning, "The session was left open: {Reason}")]
    public static partial void LeftOpen(this ILogger logger, string reason);

    [LoggerMessage(17, LogLevel.Warning, "What was said in session {SessionId} was not recorded: {Reason}")]
    public static partial void NotRecorded(this ILogger logger, long sessionId, string reason);

    [LoggerMessage(18, LogLevel.Information, "Session {SessionId} has ended as {Status} already; what is said in it is not recorded.")]
    public static partial void EndedAlready(this ILogger logger, long sessionId, string status);
}
