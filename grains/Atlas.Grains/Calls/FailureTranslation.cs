using Atlas.Grains.Telemetry;
using Atlas.Contracts;
using Atlas.Learning.Journal;
using Atlas.Learning.Playbooks;
using Atlas.Storage.Json;
using Atlas.Storage.Sessions;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Atlas.Grains.Calls;

/// <summary>Translates refusals and database failures for the caller of a grain into one sentence and a type that every client
/// has.</summary>
/// <remarks>All translation happens here. The original failure stays in this silo's log, because a caller in another process may not have
/// its type.</remarks>
internal sealed class FailureTranslation(ILogger<FailureTranslation> log) : IIncomingGrainCallFilter
{
    public Task Invoke(IIncomingGrainCallContext context)
    {
        var call = context.Invoke();
        return call.IsCompletedSuccessfully ? call : TranslatedAsync(call, context);
    }

    /// <summary>Awaits the activation of a grain, and translates its failure like that of a call.</summary>
    public async Task ActivatedAsync(Task activation)
    {
        try
        {
            await activation;
        }
        catch (Exception failure) when (Translated(failure) is { } told)
        {
            log.CallFailed(failure, "activation");
            throw told;
        }
    }

    private async Task TranslatedAsync(Task call, IIncomingGrainCallContext context)
    {
        try
        {
            await call;
        }
        catch (Exception failure) when (IsOurs(context) && Translated(failure) is { } told)
        {
            log.CallFailed(failure, context.InterfaceMethod.Name);
            throw told;
        }
    }

    // Grains of other libraries in the silo handle their own failures.
    private static bool IsOurs(IIncomingGrainCallContext context) => context.Grain?.GetType().Assembly == typeof(FailureTranslation).Assembly;

    private static Exception? Translated(Exception failure) => failure switch
    {
        RefusedException or PlaybookFormatException or InvalidRecordException => new AtlasRefusedException(failure.Message),
        UnknownSessionException => new AtlasRefusedException($"{failure.Message} Start a session and use the number that it returns."),
        PostgresException { IsTransient: false } refused when !IsShutdown(refused) =>
            new AtlasRefusedException($"The database refused the record, so it was not stored: {refused.MessageText}"),
        NpgsqlException => new AtlasUnavailableException("The database cannot be reached, so nothing was stored. Send the request again."),
        _ => null,
    };

    // 57P01 to 57P05: the server is stopping, or has not started yet.
    private static bool IsShutdown(PostgresException refused) => refused.SqlState.StartsWith("57P", StringComparison.Ordinal);
}
