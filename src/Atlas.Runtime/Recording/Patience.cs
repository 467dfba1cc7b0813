using Atlas.Contracts;
using Microsoft.Extensions.Logging;

namespace Atlas.Runtime.Recording;

/// <summary>Retries what failed because the cluster was unreachable, for a limited time.</summary>
internal sealed class Patience(AtlasRuntimeOptions options, TimeProvider time, ILogger log)
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    public long Now => time.GetTimestamp();

    /// <summary>Determines whether the time that started then is over.</summary>
    public bool IsOver(long began) => time.GetElapsedTime(began) >= options.Patience;

    public Task PauseAsync(int tries, CancellationToken cancellationToken) => Task.Delay(PauseAfter(tries), time, cancellationToken);

    /// <summary>Makes an idempotent call.</summary>
    /// <exception cref="AtlasUnavailableException">The cluster was unreachable for as long as it was retried.</exception>
    public async Task<T> CallAsync<T>(Func<Task<T>> call, CancellationToken cancellationToken)
    {
        var began = Now;
        for (var tries = 0; ; tries++)
        {
            try
            {
                return await call().ConfigureAwait(false);
            }
            catch (Exception failure) when (failure is AtlasUnavailableException or Orleans.Runtime.OrleansException && !IsOver(began))
            {
                log.TriesAgain(failure.Message);
            }

            await PauseAsync(tries, cancellationToken).ConfigureAwait(false);
        }
    }

    private TimeSpan PauseAfter(int tries)
    {
        var pause = options.RetryPause * Math.Pow(2, Math.Min(tries, 20));
        return pause < LongestPause ? pause : LongestPause;
    }
}
