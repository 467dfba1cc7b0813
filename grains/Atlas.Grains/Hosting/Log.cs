using Microsoft.Extensions.Logging;

namespace Atlas.Grains.Hosting;

/// <summary>What the grains log.</summary>
internal static partial class Log
{
    [LoggerMessage(1001, LogLevel.Warning, "The synthesis for {LearningKey} over {Sessions} sessions failed; they go on waiting.")]
    public static partial void SynthesisFailed(this ILogger logger, Exception failure, string learningKey, int sessions);

    [LoggerMessage(1002, LogLevel.Warning, "The failed synthesis for {LearningKey} could not be noted, the database being out of reach.")]
    public static partial void FailureNotNoted(this ILogger logger, Exception failure, string learningKey);

    [LoggerMessage(1006, LogLevel.Warning, "The state of {LearningKey} could not be written; its callers were told.")]
    public static partial void WriteFailed(this ILogger logger, Exception failure, string learningKey);

    [LoggerMessage(1007, LogLevel.Warning, "The state of {LearningKey} was written elsewhere; this activation drops itself.")]
    public static partial void WriteOutrun(this ILogger logger, Exception failure, string learningKey);

    [LoggerMessage(1008, LogLevel.Warning, "The state of {LearningKey} could not be read again; its callers were told.")]
    public static partial void ReadFailed(this ILogger logger, Exception failure, string learningKey);

    [LoggerMessage(1009, LogLevel.Warning, "The records of a session could not be stored; its caller was told.")]
    public static partial void RecordsNotStored(this ILogger logger, Exception failure);

    [LoggerMessage(1003, LogLevel.Warning, "Session {SessionId} is stored, but {LearningKey} could not count it yet; it will be told again.")]
    public static partial void LearningDelayed(this ILogger logger, Exception failure, long sessionId, string learningKey);

    [LoggerMessage(1004, LogLevel.Information, "Told {Count} finished sessions to their learning keys again.")]
    public static partial void Redelivered(this ILogger logger, int count);

    [LoggerMessage(1005, LogLevel.Warning, "Looking for sessions that were not counted yet failed; it is tried again in {Pause}.")]
    public static partial void SweepFailed(this ILogger logger, Exception failure, TimeSpan pause);

    [LoggerMessage(1010, LogLevel.Error, "This silo was declared dead by the others, so it answers no more. It ends; whoever supervises it starts it again.")]
    public static partial void Expelled(this ILogger logger);

    [LoggerMessage(1011, LogLevel.Warning, "The database does not say whether this silo still belongs to its cluster; until it does, nothing is answered from memory.")]
    public static partial void StandingUnknown(this ILogger logger, Exception failure);

    [LoggerMessage(1012, LogLevel.Information, "{LearningKey} leaves this silo with {Sessions} sessions that wait; another silo goes on with them.")]
    public static partial void HandsOver(this ILogger logger, string learningKey, int sessions);

    [LoggerMessage(1013, LogLevel.Warning, "Nobody took over {LearningKey} at once; its reminder wakes it.")]
    public static partial void NotHandedOver(this ILogger logger, Exception failure, string learningKey);
}
