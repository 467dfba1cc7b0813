using Atlas.Contracts;
using Npgsql;

namespace Atlas.Grains.Sessions;

/// <summary>Says in a sentence what a failed statement means for the caller, who may be in another process.</summary>
internal static class DatabaseFailures
{
    public static async Task TranslateAsync(Task write)
    {
        try
        {
            await write;
        }
        catch (Exception failure) when (Translate(failure) is { } told)
        {
            throw told;
        }
    }

    public static async Task<T> TranslateAsync<T>(Task<T> write)
    {
        await TranslateAsync((Task)write);
        return await write;
    }

    private static Exception? Translate(Exception failure) => failure switch
    {
        PostgresException { IsTransient: false } refused =>
            new AtlasRefusedException($"The database refused the record, so it was not stored: {refused.MessageText}", refused),
        NpgsqlException or TimeoutException =>
            new AtlasUnavailableException("The database cannot be reached, so nothing was stored. Send the request again.", failure),
        ArgumentException wrong => new AtlasRefusedException(wrong.Message, wrong),
        _ => null,
    };
}
