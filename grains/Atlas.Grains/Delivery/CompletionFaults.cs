using Atlas.Contracts;
using Atlas.Grains.Telemetry;
using Atlas.Learning.Journal;
using Atlas.Learning.Redaction;
using Atlas.Storage.Learning;
using Microsoft.Extensions.Logging;
using Npgsql;
using Orleans.Runtime;

namespace Atlas.Grains.Delivery;

/// <summary>Keeps a fault of Atlas itself from blocking a session: it is logged and stored, and the session continues without what
/// failed.</summary>
internal sealed class CompletionFaults(SessionFaults store, SessionRedaction redaction, ILogger<CompletionFaults> log)
{
    public const string Completion = "completion";

    public const string Judgement = "judgement";

    public const string Counting = "counting";

    public const string Review = "review";

    /// <summary>Whether a retry would fail again: the failure is neither a refusal nor a temporary outage.</summary>
    public static bool IsFault(Exception failure) => failure is not
        (AtlasRefusedException or RefusedException or AtlasUnavailableException or OperationCanceledException or TimeoutException or OrleansException
        or NpgsqlException { IsTransient: true });

    /// <summary>Describes the fault for people: type and message. The message can quote the session, so it is redacted like its
    /// records.</summary>
    public string Describe(Exception fault) => redaction.Text($"{fault.GetType().Name}: {fault.Message}", "fault", new Findings());

    /// <summary>Logs and stores the fault. If the database does not accept it, only the log has it.</summary>
    public async Task NoteAsync(long sessionId, string stage, string? learningKey, Exception fault)
    {
        log.SessionFault(fault, sessionId, learningKey ?? "(none)", stage);
        try
        {
            await store.RecordAsync(sessionId, stage, learningKey, Describe(fault));
        }
        catch (NpgsqlException away)
        {
            log.FaultNotStored(away, sessionId);
        }
    }
}
