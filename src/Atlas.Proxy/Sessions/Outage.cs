using Atlas.Contracts.Playbooks;
using Atlas.Http;
using Atlas.Proxy.Telemetry;

namespace Atlas.Proxy.Sessions;

/// <summary>Limits how long calls wait for the cluster and the database; they do not wait at all while those are known to be
/// away.</summary>
internal sealed class Outage(Backend backend, TimeProvider time, ILogger<Outage> log)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private int _away;

    /// <summary>Gets a value indicating whether they were away when last asked.</summary>
    public bool IsAway => Volatile.Read(ref _away) != 0;

    /// <summary>Asks; returns null if there was no answer in time.</summary>
    /// <param name="ask">The question. It continues even if nobody waits for it any more.</param>
    /// <param name="patience">How long to wait.</param>
    public async Task<T?> AskAsync<T>(Func<Task<T>> ask, TimeSpan patience)
        where T : class
    {
        if (IsAway)
        {
            return null;
        }

        Task<T>? asked = null;
        try
        {
            asked = ask();
            return await asked.WaitAsync(patience, time).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is not Contracts.AtlasRefusedException and not Http.Problems.ProblemException)
        {
            _ = asked?.ContinueWith(late => late.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
            Note(failure);
            return null;
        }
    }

    private void Note(Exception failure)
    {
        if (Interlocked.Exchange(ref _away, 1) == 0)
        {
            ProxyTelemetry.Outages.Add(1);
            log.GoesOnWithout(failure.Message);
            _ = Task.Run(WatchAsync);
        }
    }

    /// <summary>Keeps asking in the background until there is an answer.</summary>
    private async Task WatchAsync()
    {
        while (true)
        {
            try
            {
                await AnswersAsync().WaitAsync(TimeSpan.FromSeconds(10), time).ConfigureAwait(false);
                Volatile.Write(ref _away, 0);
                log.IsBack();
                return;
            }
            catch (Exception failure) when (failure is not ObjectDisposedException)
            {
                await Task.Delay(Pause, time).ConfigureAwait(false);
            }
        }
    }

    private async Task AnswersAsync()
    {
        var command = backend.Database.CreateCommand("SELECT 1");
        await using var commandDisposal = command.ConfigureAwait(false);
        await command.ExecuteScalarAsync().ConfigureAwait(false);
        await backend.Grains.GetGrain<IPlaybookReaderGrain>(0).Resolve("atlas/proxy", PlaybookFreshness.Relaxed).ConfigureAwait(false);
    }
}
