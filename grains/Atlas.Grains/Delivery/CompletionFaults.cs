using Atlas.Contracts;
using Atlas.Grains.Telemetry;
using Atlas.Learning.Journal;
using Atlas.Storage.Learning;
using Microsoft.Extensions.Logging;
using Npgsql;
using Orleans.Runtime;

namespace Atlas.Grains.Delivery;

/// <summary>Keeps a fault of Atlas itself from holding up a session: it is logged and stored, and the session goes on without
/// what could not be made.</summary>
internal sealed class CompletionFaults(SessionFaults store, ILogger<CompletionFaults> log)
{
    public const string Completion = "completion";

    public const string Judgement = "judgement";

    public const string Counting = "counting";

    public const string Review = "review";

    /// <summary>Whether trying again would end the same way: neither a refusal, nor something out of reach for a while.</summary>
    public static bool IsFault(Exception failure) => failure is not
        (AtlasRefusedException or RefusedException or AtlasUnavailableException or OperationCanceledException or TimeoutException or OrleansException
        or NpgsqlException { IsTransient: true });

    /// <summary>As it is shown to people: kind and message.</summary>
    public static string Describe(Exception fault) => $"{fault.GetType().Name}: {fault.Message}";

    /// <summary>Logs the fault and stores it. A database that does not take it leaves it in the log.</summary>
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
