using Atlas.Contracts;
using Atlas.Grains.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Atlas.Grains.Sessions;

/// <summary>Says in a sentence what a failed statement means for the caller.</summary>
/// <remarks>The failure itself stays in this silo's log: a caller in another process may not even have its type.</remarks>
internal sealed class DatabaseFailures(ILogger<DatabaseFailures> log)
{
    public async Task TranslateAsync(Task write)
    {
        try
        {
            await write;
        }
        catch (Exception failure) when (Translate(failure) is { } told)
        {
            log.RecordsNotStored(failure);
            throw told;
        }
    }

    public async Task<T> TranslateAsync<T>(Task<T> write)
    {
        await TranslateAsync((Task)write);
        return await write;
    }

    private static Exception? Translate(Exception failure) => failure switch
    {
        PostgresException { IsTransient: false } refused when !IsShutdown(refused) =>
            new AtlasRefusedException($"The database refused the record, so it was not stored: {refused.MessageText}"),
        NpgsqlException or TimeoutException =>
            new AtlasUnavailableException("The database cannot be reached, so nothing was stored. Send the request again."),
        ArgumentException wrong => new AtlasRefusedException(wrong.Message),
        _ => null,
    };

    // 57P01 to 57P05: the server is stopping, or has not yet started.
    private static bool IsShutdown(PostgresException refused) => refused.SqlState.StartsWith("57P", StringComparison.Ordinal);
}
