using Atlas.Contracts;
using Npgsql;

namespace Atlas.Hosting.Persistence;

/// <summary>Says in a sentence that a state could not be read.</summary>
/// <remarks>A read that fails while a grain is activated ends at the grain's caller, whose process may not have the type of the
/// failure; then it would be told of that instead.</remarks>
internal static class StateReads
{
    /// <exception cref="AtlasUnavailableException">The database did not give the state.</exception>
    public static async Task<T> GuardAsync<T>(Func<Task<T>> read)
    {
        try
        {
            return await read().ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is NpgsqlException or TimeoutException)
        {
            throw new AtlasUnavailableException($"The database cannot be read now ({failure.Message.TrimEnd('.')}); send the request again.");
        }
    }
}
