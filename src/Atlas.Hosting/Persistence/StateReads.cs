using Atlas.Contracts;
using Npgsql;

namespace Atlas.Hosting.Persistence;

/// <summary>Explains in a sentence that a state could not be read.</summary>
/// <remarks>A read that fails during activation surfaces at the grain's caller. Its process may not have the exception's type and would then
/// report only that.</remarks>
internal static class StateReads
{
    /// <exception cref="AtlasUnavailableException">The database did not return the state.</exception>
    public static async Task<T> GuardAsync<T>(Func<Task<T>> read)
    {
        try
        {
            return await read().ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is NpgsqlException or TimeoutException)
        {
            throw new AtlasUnavailableException($"The database cannot be read right now ({failure.Message.TrimEnd('.')}). Send the request again.");
        }
    }
}
