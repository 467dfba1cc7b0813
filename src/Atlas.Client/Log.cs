using Microsoft.Extensions.Logging;

namespace Atlas.Client;

/// <summary>The log messages of the client.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Warning, "Ignoring the cached playbook {File}: {Reason}. It is rewritten when the cluster answers.")]
    public static partial void CacheFileDamaged(this ILogger logger, string file, string reason);

    [LoggerMessage(2, LogLevel.Warning, "The cached playbook {File} cannot be read: {Reason}")]
    public static partial void CacheNotRead(this ILogger logger, string file, string reason);

    [LoggerMessage(3, LogLevel.Warning, "The playbook could not be cached in {File}: {Reason}")]
    public static partial void CacheNotWritten(this ILogger logger, string file, string reason);

    [LoggerMessage(EventId = 10, Message = "{Problem} ({Reason}); the chat continues with the cached {Role} playbook, version {Version} stored at {StoredAt:u}, and is not recorded.")]
    public static partial void GoesOnWithCache(
        this ILogger logger, LogLevel level, string problem, string reason, string role, int version, DateTimeOffset storedAt);

    [LoggerMessage(EventId = 11, Message = "{Problem} ({Reason}); no {Role} playbook is cached, so the chat continues without one and is not recorded.")]
    public static partial void GoesOnWithoutPlaybook(this ILogger logger, LogLevel level, string problem, string reason, string role);

    [LoggerMessage(13, LogLevel.Warning, "{Count} events of session {SessionId} are waiting to be stored: {Reason}")]
    public static partial void EventsWait(this ILogger logger, int count, long sessionId, string reason);

    [LoggerMessage(14, LogLevel.Warning, "{Count} events of session {SessionId} were not stored: {Reason}")]
    public static partial void EventsLost(this ILogger logger, int count, long sessionId, string reason);

    [LoggerMessage(15, LogLevel.Warning, "Session {SessionId} could not be completed; you can try again: {Reason}")]
    public static partial void NotCompleted(this ILogger logger, long sessionId, string reason);

    [LoggerMessage(16, LogLevel.Warning, "The session was left open: {Reason}")]
    public static partial void LeftOpen(this ILogger logger, string reason);

    [LoggerMessage(17, LogLevel.Warning, "The chat of session {SessionId} was not recorded: {Reason}")]
    public static partial void NotRecorded(this ILogger logger, long sessionId, string reason);

    [LoggerMessage(18, LogLevel.Information, "Session {SessionId} has already ended as {Status}; further messages are not recorded.")]
    public static partial void EndedAlready(this ILogger logger, long sessionId, string status);

    [LoggerMessage(19, LogLevel.Warning, "Session {SessionId} does not count in experiment {Experiment}, because its arm is not applied: {Reason}")]
    public static partial void ArmNotApplied(this ILogger logger, long sessionId, int experiment, string reason);
}
