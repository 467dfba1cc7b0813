using Microsoft.Extensions.Logging;

namespace Atlas.Grains.Telemetry;

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

    [LoggerMessage(1009, LogLevel.Warning, "A call could not be carried out: {Call}. Its caller was told.")]
    public static partial void CallFailed(this ILogger logger, Exception failure, string call);

    [LoggerMessage(1003, LogLevel.Warning, "Session {SessionId} is stored, but {LearningKey} could not count it yet; it will be told again.")]
    public static partial void LearningDelayed(this ILogger logger, Exception failure, long sessionId, string learningKey);

    [LoggerMessage(1004, LogLevel.Information, "Told {Count} finished sessions to their learning keys again.")]
    public static partial void Redelivered(this ILogger logger, int count);

    [LoggerMessage(1005, LogLevel.Warning, "Looking for sessions that were not counted yet failed; it is tried again in {Pause}.")]
    public static partial void SweepFailed(this ILogger logger, Exception failure, TimeSpan pause);

    [LoggerMessage(1020, LogLevel.Warning, "Session {SessionId} was not judged at attempt {Attempt}: {Problem}")]
    public static partial void NotJudged(this ILogger logger, long sessionId, int attempt, string problem);

    [LoggerMessage(1021, LogLevel.Warning, "The judge failed on session {SessionId}.")]
    public static partial void JudgeFailed(this ILogger logger, Exception failure, long sessionId);

    [LoggerMessage(1022, LogLevel.Warning, "The judgement of session {SessionId} could not be stored; it is tried again in {Pause}.")]
    public static partial void JudgementNotStored(this ILogger logger, Exception failure, long sessionId, TimeSpan pause);

    [LoggerMessage(1023, LogLevel.Error, "The judgement of session {SessionId} is lost; it will be judged again.")]
    public static partial void JudgementLost(this ILogger logger, Exception failure, long sessionId);

    [LoggerMessage(1024, LogLevel.Warning, "Looking for sessions to judge failed; it is tried again in {Pause}.")]
    public static partial void JudgingSweepFailed(this ILogger logger, Exception failure, TimeSpan pause);

    [LoggerMessage(1025, LogLevel.Warning, "Looking for sessions whose lease has run out failed; it is tried again in {Pause}.")]
    public static partial void LeaseSweepFailed(this ILogger logger, Exception failure, TimeSpan pause);

    [LoggerMessage(1026, LogLevel.Warning, "Session {SessionId}, whose lease has run out, could not be closed yet.")]
    public static partial void LapsedNotClosed(this ILogger logger, Exception failure, long sessionId);

    [LoggerMessage(1027, LogLevel.Information, "Closed session {SessionId} as failed: nothing was heard of its runtime for {Seconds} seconds.")]
    public static partial void SessionLapsed(this ILogger logger, long sessionId, int seconds);

    [LoggerMessage(1028, LogLevel.Warning, "{Sessions} sessions of {LearningKey} wait: its {Limit} syntheses of this hour are used up. It goes on at {Until}.")]
    public static partial void SynthesisDeferred(this ILogger logger, string learningKey, int sessions, int limit, DateTimeOffset until);

    [LoggerMessage(1030, LogLevel.Error, "A fault in the {Stage} of session {SessionId} of {LearningKey}. The session goes on without what could not be made; `atlas doctor` names it until somebody has seen to it.")]
    public static partial void SessionFault(this ILogger logger, Exception failure, long sessionId, string learningKey, string stage);

    [LoggerMessage(1031, LogLevel.Warning, "The fault of session {SessionId} could not be stored, so only this log tells of it.")]
    public static partial void FaultNotStored(this ILogger logger, Exception failure, long sessionId);

    [LoggerMessage(1032, LogLevel.Warning, "Looking for reviews that other programs wrote failed; it is tried again in {Pause}.")]
    public static partial void OutsideReviewsFailed(this ILogger logger, Exception failure, TimeSpan pause);

    [LoggerMessage(1033, LogLevel.Warning, "The newest session of {LearningKey} does not show what the key has learned; the next change tries again.")]
    public static partial void NotStamped(this ILogger logger, Exception failure, string learningKey);

    [LoggerMessage(1034, LogLevel.Warning, "Rewards of {LearningKey} have become lower than they were ({Since}). Without a decline this is said once in about {Limit} sessions; `atlas report` and `atlas playbook history` tell more.")]
    public static partial void RewardsDeclined(this ILogger logger, string learningKey, DateTimeOffset since, double limit);

    [LoggerMessage(1035, LogLevel.Warning, "The alarm of {LearningKey} asks for a trial against version {Version}, which could not be read; the next session tries again.")]
    public static partial void AlarmNotAnswered(this ILogger logger, Exception failure, string learningKey, int version);

    [LoggerMessage(1010, LogLevel.Error, "This silo was declared dead by the others, so it answers no more. It ends; whoever supervises it starts it again.")]
    public static partial void Expelled(this ILogger logger);

    [LoggerMessage(1016, LogLevel.Warning, "The database is another than before: a backup was put back, or its tables were written anew. Every learning key is read again.")]
    public static partial void DatabaseReplaced(this ILogger logger);

    [LoggerMessage(1011, LogLevel.Warning, "The database does not say whether this silo still belongs to its cluster; until it does, nothing is answered from memory.")]
    public static partial void StandingUnknown(this ILogger logger, Exception failure);

    [LoggerMessage(1012, LogLevel.Information, "{LearningKey} leaves this silo with {Sessions} sessions that wait; another silo goes on with them.")]
    public static partial void HandsOver(this ILogger logger, string learningKey, int sessions);

    [LoggerMessage(1013, LogLevel.Warning, "Nobody took over {LearningKey} at once; its reminder wakes it.")]
    public static partial void NotHandedOver(this ILogger logger, Exception failure, string learningKey);

    [LoggerMessage(1014, LogLevel.Warning, "What a call of a model took could not be settled; reservation {Reservation} counts as it was made.")]
    public static partial void NotSettled(this ILogger logger, Exception failure, string reservation);
}
