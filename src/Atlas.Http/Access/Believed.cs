using Npgsql;

namespace Atlas.Http.Access;

/// <summary>Caches an answer of the database for half a second. A single caller asks on behalf of all, and once the answer is half that
/// old, it is refreshed without anyone waiting.</summary>
/// <remarks>While the database is away, the last answer stays valid.</remarks>
internal sealed class Believed<T>(Func<T?, Task<T>> ask, TimeProvider time)
{
    private static readonly TimeSpan Belief = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    private readonly Lock _lock = new();
    private volatile Answer? _answer;
    private Task<T>? _asking;
    private long _askedAt;

    public ValueTask<T> GetAsync()
    {
        if (_answer is not { } answer || time.GetElapsedTime(answer.At) is var age && age >= Belief)
        {
            return new(_answer is { } stale ? AskAsync(stale) : AskAsync());
        }

        if (age > Belief / 2 && Volatile.Read(ref _asking) is null)
        {
            _ = AskAsync().ContinueWith(
                static failed => _ = failed.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        }

        return new(answer.Value);
    }

    private Task<T> AskAsync()
    {
        lock (_lock)
        {
            if (_asking is null)
            {
                _askedAt = time.GetTimestamp();
                _asking = Task.Run(AskDatabaseAsync);
            }

            return _asking;
        }
    }

    /// <summary>Asks, but waits no longer than a limit that all callers share, and then returns the stale answer.</summary>
    private async Task<T> AskAsync(Answer stale)
    {
        var asked = AskAsync();
        var left = Patience - time.GetElapsedTime(Interlocked.Read(ref _askedAt));
        if (left > TimeSpan.Zero)
        {
            await ((Task)asked).WaitAsync(left, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return asked.IsCompleted ? await asked.ConfigureAwait(false) : stale.Value;
    }

    private async Task<T> AskDatabaseAsync()
    {
        // Timed from before the question, because the answer can be as old as that.
        var asked = time.GetTimestamp();
        var before = _answer;
        try
        {
            var value = await ask(before is null ? default : before.Value).ConfigureAwait(false);
            _answer = new Answer(value, asked);
            return value;
        }
        catch (NpgsqlException) when (before is not null)
        {
            return before.Value;
        }
        finally
        {
            lock (_lock)
            {
                _asking = null;
            }
        }
    }

    private sealed record Answer(T Value, long At);
}
