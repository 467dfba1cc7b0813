using Atlas.Contracts;
using Orleans.Runtime;
using Polly;
using Polly.Retry;

namespace Atlas.Client.Calls;

/// <summary>Makes calls that failed because a silo went away again, as far as that is safe.</summary>
internal sealed class CallRetry
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);
    private static readonly ResiliencePropertyKey<long> Began = new("atlas.began");

    private readonly TimeProvider _time;
    private readonly ResiliencePipeline _repeatable;
    private readonly ResiliencePipeline _change;

    /// <param name="patience">For how long a call is made again; zero for never.</param>
    /// <param name="time">The clock.</param>
    public CallRetry(TimeSpan patience, TimeProvider time)
    {
        _time = time;
        _repeatable = Build(patience, Failures.IsPassing);
        _change = Build(patience, static (failure, _) => Failures.NeverArrived(failure));
    }

    /// <summary>A call that may be repeated without effect, whatever became of the first try.</summary>
    /// <exception cref="AtlasUnavailableException">No silo answered for as long as it was tried.</exception>
    public Task<T> RepeatableAsync<T>(Func<Task<T>> call, CancellationToken cancellation = default) =>
        RepeatableAsync(static call => new ValueTask<T>(call()), call, cancellation);

    /// <summary>The same for calls that are so quick that what surrounds them counts.</summary>
    /// <exception cref="AtlasUnavailableException">No silo answered for as long as it was tried.</exception>
    public async Task<T> RepeatableAsync<TState, T>(Func<TState, ValueTask<T>> call, TState state, CancellationToken cancellation = default)
    {
        Exception? first;
        try
        {
            // Nearly every call succeeds at once, so the machinery of retries is left out of the first try.
            var answer = call(state);
            return cancellation.CanBeCanceled ? await answer.AsTask().WaitAsync(cancellation) : await answer;
        }
        catch (Exception failure) when (Failures.IsPassing(failure, cancellation))
        {
            first = failure;
        }

        var tries = RunAsync(
            _repeatable,
            () => Interlocked.Exchange(ref first, null) is { } failed ? Task.FromException<T>(failed) : call(state).AsTask(),
            cancellation);
        return await Failures.CallAsync(tries, cancellation);
    }

    /// <inheritdoc cref="RepeatableAsync{T}"/>
    public Task RepeatableAsync(Func<Task> call, CancellationToken cancellation = default) => RepeatableAsync(
        async () =>
        {
            await call();
            return true;
        },
        cancellation);

    /// <summary>A call that has to be made once: it is made again only if it never reached its silo.</summary>
    /// <exception cref="AtlasUnavailableException">No silo answered; the change may have been made or not.</exception>
    public Task<T> ChangeAsync<T>(Func<Task<T>> call, CancellationToken cancellation = default) =>
        Failures.CallAsync(RunAsync(_change, call, cancellation), cancellation);

    private async Task<T> RunAsync<T>(ResiliencePipeline pipeline, Func<Task<T>> call, CancellationToken cancellation)
    {
        var context = ResilienceContextPool.Shared.Get(cancellation);
        try
        {
            context.Properties.Set(Began, _time.GetTimestamp());
            return await pipeline.ExecuteAsync(
                static async (at, call) => await call().WaitAsync(at.CancellationToken), context, call);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private ResiliencePipeline Build(TimeSpan patience, Func<Exception, CancellationToken, bool> handles)
    {
        var builder = new ResiliencePipelineBuilder { TimeProvider = _time };
        if (patience > TimeSpan.Zero)
        {
            builder.AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = int.MaxValue,
                BackoffType = DelayBackoffType.Exponential,
                Delay = FirstPause,
                MaxDelay = LongestPause,
                UseJitter = true,
                ShouldHandle = tried => ValueTask.FromResult(
                    tried.Outcome.Exception is { } failure
                    && handles(failure, tried.Context.CancellationToken)
                    && _time.GetElapsedTime(tried.Context.Properties.GetValue(Began, 0)) < patience),
            });
        }

        return builder.Build();
    }
}
