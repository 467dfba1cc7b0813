using Microsoft.Extensions.Logging;

namespace Atlas.Grains.Telemetry;

/// <summary>The log messages of the grains.</summary>
internal static partial class Log
{
    [LoggerMessage(1001, LogLevel.Warning, "The synthesis for {LearningKey} over {Sessions} sessions failed; the sessions keep waiting.")]
    public static partial void SynthesisFailed(this ILogger logger, Exception failure, string learningKey, int sessions);

    [LoggerMessage(1002, LogLevel.Warning, "The failed synthesis for {LearningKey} could not be recorded, because the database cannot be reached.")]
    public static partial void FailureNotNoted(this ILogger logger, Exception failure, string learningKey);

    [LoggerMessage(1006, LogLevel.Warning, "The state of {LearningKey} could not be written; the callers received an error.")]
    public static partial void WriteFailed(this ILogger logger, Exception failure, string learningKey);

    [LoggerMessage(1007, LogLevel.Warning, "The state of {LearningKey} was written elsewhere; this activation is dropped.")]
    public static partial void WriteOutrun(this ILogger logger, Exception failure, string learningKey);

    [LoggerMessage(1008, LogLevel.Warning, "The state of {LearningKey} could not be read again; the callers received an error.")]
    public static partial void ReadFailed(this ILogger logger, Exception failure, string learningKey);

    [LoggerMessage(1009, LogLevel.Warning, "The call {Call} failed; the caller received an error.")]
    public static partial void CallFailed(this ILogger logger, Exception failure, string call);

    [LoggerMessage(1003, LogLevel.Warning, "Session {SessionId} is stored, but {LearningKey} could not count it yet; delivery is retried.")]
    public static partial void LearningDelayed(this ILogger logger, Exception failure, long sessionId, string learningKey);

    [LoggerMessage(1004, LogLevel.Information, "Redelivered {Count} finished sessions to their learning keys.")]
    public static partial void Redelivered(this ILogger logger, int count);

    [LoggerMessage(1005, LogLevel.Warning, "The search for sessions that are not counted yet failed; it is retried in {Pause}.")]
    public static partial void SweepFailed(this ILogger logger, Exception failure, TimeSpan pause);

    [LoggerMessage(1020, LogLevel.Warning, "Session {SessionId} was not judged at attempt {Attempt}: {Problem}")]
    public static partial void NotJudged(this ILogger logger, long sessionId, int attempt, string problem);

    [LoggerMessage(1021, LogLevel.Warning, "The judge failed on session {SessionId}.")]
    public static partial void JudgeFailed(this ILogger logger, Exception failure, long sessionId);

    [LoggerMessage(1022, LogLevel.Warning, "The judgement of session {SessionId} could not be stored; storing it is retried in {Pause}.")]
    public static partial void JudgementNotStored(this ILogger logger, Exception failure, long sessionId, TimeSpan pause);

    [LoggerMessage(1023, LogLevel.Error, "The judgement of session {SessionId} is lost; the session will be judged again.")]
    public static partial void JudgementLost(this ILogger logger, Exception failure, long sessionId);

    [LoggerMessage(1043, LogLevel.Error, "The judgement of session {SessionId} could not be stored although the database is available; the session will be judged again after {Due}.")]
    public static partial void JudgementGivenUp(this ILogger logger, Exception failure, long sessionId, DateTimeOffset due);

    [LoggerMessage(1044, LogLevel.Warning, "Session {SessionId} waits for a judge that no silo has, and could not be counted without one; that is retried in {Pause}.")]
    public static partial void NotGivenUp(this ILogger logger, Exception failure, long sessionId, TimeSpan pause);

    [LoggerMessage(1046, LogLevel.Warning, "The note of a synthesis could not be stored with session {SessionId} of {LearningKey}. What was learned is not affected.")]
    public static partial void NoteNotStored(this ILogger logger, Exception failure, long sessionId, string learningKey);

    [LoggerMessage(1045, LogLevel.Warning, "Sessions of {LearningKey} were forgotten, but the silo {Silo} could not be told. Restart it if it still runs, so that it drops what it has in memory of them.")]
    public static partial void TextsNotDropped(this ILogger logger, Exception failure, string silo, string learningKey);

    [LoggerMessage(1024, LogLevel.Warning, "The search for sessions to judge failed; it is retried in {Pause}.")]
    public static partial void JudgingSweepFailed(this ILogger logger, Exception failure, TimeSpan pause);

    [LoggerMessage(1025, LogLevel.Warning, "The search for sessions whose lease has run out failed; it is retried in {Pause}.")]
    public static partial void LeaseSweepFailed(this ILogger logger, Exception failure, TimeSpan pause);

    [LoggerMessage(1026, LogLevel.Warning, "The lease of session {SessionId} has run out, but the session could not be closed yet.")]
    public static partial void LapsedNotClosed(this ILogger logger, Exception failure, long sessionId);

    [LoggerMessage(1027, LogLevel.Information, "Closed session {SessionId} as failed: nothing was heard of its runtime for {Seconds} seconds.")]
    public static partial void SessionLapsed(this ILogger logger, long sessionId, int seconds);

    [LoggerMessage(1028, LogLevel.Warning, "{Sessions} sessions of {LearningKey} are waiting: its {Limit} syntheses for this hour are used up. Synthesis resumes at {Until}.")]
    public static partial void SynthesisDeferred(this ILogger logger, string learningKey, long sessions, int limit, DateTimeOffset until);

    [LoggerMessage(1030, LogLevel.Error, "A fault occurred in the {Stage} of session {SessionId} of {LearningKey}. The session continues without the result of that stage; `atlas doctor` lists the fault until it is resolved.")]
    public static partial void SessionFault(this ILogger logger, Exception failure, long sessionId, string learningKey, string stage);

    [LoggerMessage(1031, LogLevel.Warning, "The fault of session {SessionId} could not be stored, so it is reported only in this log.")]
    public static partial void FaultNotStored(this ILogger logger, Exception failure, long sessionId);

    [LoggerMessage(1032, LogLevel.Warning, "The search for reviews that other programs wrote failed; it is retried in {Pause}.")]
    public static partial void OutsideReviewsFailed(this ILogger logger, Exception failure, TimeSpan pause);

    [LoggerMessage(1033, LogLevel.Warning, "What {LearningKey} has learned could not be written to its newest session; the next change tries again.")]
    public static partial void NotStamped(this ILogger logger, Exception failure, string learningKey);

    [LoggerMessage(1034, LogLevel.Warning, "Rewards of {LearningKey} have fallen ({Since}). Without a real decline, this alarm is raised about once in {Limit} sessions; `atlas report` and `atlas playbook history` show the details.")]
    public static partial void RewardsDeclined(this ILogger logger, string learningKey, DateTimeOffset since, double limit);

    [LoggerMessage(1035, LogLevel.Warning, "The alarm of {LearningKey} could not be answered, because the database did not respond; the next session tries again.")]
    public static partial void AlarmNotAnswered(this ILogger logger, Exception failure, string learningKey);

    [LoggerMessage(1036, LogLevel.Warning, "The embedding model '{Model}' returned no vectors, so entries are compared by their words this time.")]
    public static partial void MeaningsUnknown(this ILogger logger, Exception failure, string model);

    [LoggerMessage(1037, LogLevel.Warning, "The entries of version {Version} of {LearningKey} could not be compared with each other; the next version tries again.")]
    public static partial void EntriesNotCompared(this ILogger logger, Exception failure, string learningKey, int version);

    [LoggerMessage(1040, LogLevel.Information, "Created {Partition} for the events of future sessions.")]
    public static partial void PartitionMade(this ILogger logger, string partition);

    [LoggerMessage(1041, LogLevel.Information, "Retention removed {Events} events, including {Partitions} whole partitions, and {Sessions} sessions. What was learned from them stays.")]
    public static partial void RetentionApplied(this ILogger logger, long events, int partitions, long sessions);

    [LoggerMessage(1042, LogLevel.Warning, "Creating partitions for events or removing old events failed; it is retried in {Pause}.")]
    public static partial void RetentionFailed(this ILogger logger, Exception failure, TimeSpan pause);

    [LoggerMessage(1010, LogLevel.Error, "This silo was declared dead by the others, so it no longer answers. It exits now; its supervisor restarts it.")]
    public static partial void Expelled(this ILogger logger);

    [LoggerMessage(1016, LogLevel.Warning, "The database was replaced: a backup was restored, or its tables were rewritten. Every learning key is read again.")]
    public static partial void DatabaseReplaced(this ILogger logger);

    [LoggerMessage(1011, LogLevel.Warning, "Neither the database nor the other silos can say whether this silo still belongs to its cluster; until one of them can, nothing is answered from memory.")]
    public static partial void StandingUnknown(this ILogger logger, Exception? failure);

    [LoggerMessage(1012, LogLevel.Information, "{LearningKey} leaves this silo with {Sessions} waiting sessions; another silo continues with them.")]
    public static partial void HandsOver(this ILogger logger, string learningKey, long sessions);

    [LoggerMessage(1013, LogLevel.Warning, "No silo took over {LearningKey} immediately; its reminder will activate it.")]
    public static partial void NotHandedOver(this ILogger logger, Exception failure, string learningKey);

    [LoggerMessage(1014, LogLevel.Warning, "The cost of a model call could not be settled; reservation {Reservation} counts in full.")]
    public static partial void NotSettled(this ILogger logger, Exception failure, string reservation);
}
