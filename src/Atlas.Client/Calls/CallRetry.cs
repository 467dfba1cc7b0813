using System.Runtime.ExceptionServices;
using Atlas.Client.Connection;
using Atlas.Contracts;
using Orleans.Runtime;
using Polly;
using Polly.Retry;

namespace Atlas.Client.Calls;

/// <summary>Retries calls that failed because a silo went away, as far as that is safe.</summary>
internal sealed class CallRetry
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);
    private static readonly ResiliencePropertyKey<long> Began = new("atlas.began");

    private readonly ClusterLink? _link;
    private readonly OutageBreaker _outages;
    private readonly ResiliencePipeline _repeatable;
    private readonly ResiliencePipeline _change;

    /// <param name="patience">How long a call is retried; zero for no retries.</param>
    /// <param name="time">The clock.</param>
    /// <param name="link">The connection that a call needs; null if it exists already.</param>
    /// <param name="pause">How long calls fail immediately after an outage; see <see cref="AtlasClientOptions.PauseAfterOutage"/>.</param>
    public CallRetry(TimeSpan patience, TimeProvider time, ClusterLink? link = null, TimeSpan pause = default)
    {
        Time = time;
        _link = link;
        _outages = new OutageBreaker(pause, time);
        _repeatable = Build(patience, Failures.IsPassing);
        _change = Build(patience, static (failure, _) => Failures.NeverArrived(failure));
    }

    /// <summary>Gets the clock.</summary>
    public TimeProvider Time { get; }

    /// <summary>Makes an idempotent call, which is retried whatever became of the first attempt.</summary>
    /// <exception cref="AtlasUnavailableException">No silo answered within the time for retries.</exception>
    public Task<T> RepeatableAsync<T>(Func<Task<T>> call, CancellationToken cancellation = default) =>
        RepeatableAsync(static call => new ValueTask<T>(call()), call, cancellation);

    /// <summary>Makes an idempotent call that is fast enough for the overhead of retries to matter.</summary>
    /// <exception cref="AtlasUnavailableException">No silo answered within the time for retries.</exception>
    public async Task<T> RepeatableAsync<TState, T>(Func<TState, ValueTask<T>> call, TState state, CancellationToken cancellation = default)
    {
        await ConnectedAsync(cancellation).ConfigureAwait(false);
        Exception? first = null;
        if (!_outages.IsAway)
        {
            try
            {
                // Nearly every call succeeds immediately, so the first attempt bypasses the retry pipeline.
                var answer = call(state);
                var answered = cancellation.CanBeCanceled
                    ? await answer.AsTask().WaitAsync(cancellation).ConfigureAwait(false)
                    : await answer.ConfigureAwait(false);
                _outages.Answered();
                return answered;
            }
            catch (Exception failure) when (Failures.IsPassing(failure, cancellation))
            {
                first = failure;
            }
        }

        return await PatientlyAsync(
            _repeatable,
            () => Interlocked.Exchange(ref first, null) is { } failed ? Task.FromException<T>(failed) : call(state).AsTask(),
            cancellation).ConfigureAwait(false);
    }

    /// <inheritdoc cref="RepeatableAsync{T}"/>
    public Task RepeatableAsync(Func<Task> call, CancellationToken cancellation = default) => RepeatableAsync(
        async () =>
        {
            await call().ConfigureAwait(false);
            return true;
        },
        cancellation);

    /// <summary>Makes a call that must happen at most once. It is retried only if it never reached its silo.</summary>
    /// <exception cref="AtlasUnavailableException">No silo answered; the change may or may not have been made.</exception>
    public async Task<T> ChangeAsync<T>(Func<Task<T>> call, CancellationToken cancellation = default)
    {
        await ConnectedAsync(cancellation).ConfigureAwait(false);
        return await PatientlyAsync(_change, call, cancellation).ConfigureAwait(false);
    }

    private ValueTask ConnectedAsync(CancellationToken cancellation)
    {
        return _link is null or { Current: not null } ? default : Connect(_link, cancellation);

        static async ValueTask Connect(ClusterLink link, CancellationToken cancellation) =>
            await link.GetAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>Retries a call until its time is up, or fails it immediately during a known outage.</summary>
    private async Task<T> PatientlyAsync<T>(ResiliencePipeline pipeline, Func<Task<T>> call, CancellationToken cancellation)
    {
        var (answer, unavailable) = await _outages.GuardAsync(
            stop => Failures.CallAsync(AnsweredAsync(RunAsync(pipeline, call, stop)), stop), cancellation).ConfigureAwait(false);
        unavailable?.Throw();
        return answer!;
    }

    /// <summary>Awaits a call. A silo that reports itself unavailable has answered: the cluster is there, and other calls can succeed.</summary>
    private static async Task<(T? Answer, ExceptionDispatchInfo? Unavailable)> AnsweredAsync<T>(Task<T> call)
    {
        try
        {
            return (await call.ConfigureAwait(false), null);
        }
        catch (AtlasUnavailableException told)
        {
            return (default, ExceptionDispatchInfo.Capture(told));
        }
    }

    private async Task<T> RunAsync<T>(ResiliencePipeline pipeline, Func<Task<T>> call, CancellationToken cancellation)
    {
        var context = ResilienceContextPool.Shared.Get(cancellation);
        try
        {
            context.Properties.Set(Began, Time.GetTimestamp());
            return await pipeline.ExecuteAsync(
                static async (at, call) => await call().WaitAsync(at.CancellationToken).ConfigureAwait(false), context, call).ConfigureAwait(false);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private ResiliencePipeline Build(TimeSpan patience, Func<Exception, CancellationToken, bool> handles)
    {
        var builder = new ResiliencePipelineBuilder { TimeProvider = Time };
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
                    && Time.GetElapsedTime(tried.Context.Properties.GetValue(Began, 0)) < patience),
            });
        }

        return builder.Build();
    }
}
