using Atlas.Client.Hosting;
using Atlas.Contracts;
using Polly;
using Polly.CircuitBreaker;

namespace Atlas.Client.Connection;

/// <summary>Fails at once, and for a while, what has failed twice of late for want of a cluster.</summary>
/// <remarks>As long as all is well nothing is asked of it, so that it costs nothing.</remarks>
internal sealed class OutageBreaker
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(500);

    private readonly ResiliencePipeline _pipeline;
    private volatile Exception? _last;
    private volatile bool _isAway;
    private volatile bool _answered;
    private volatile bool _failed;

    /// <param name="pause">For how long nothing is tried after the second failure; zero: everything is tried always.</param>
    /// <param name="time">The clock.</param>
    public OutageBreaker(TimeSpan pause, TimeProvider time)
    {
        var builder = new ResiliencePipelineBuilder { TimeProvider = time };
        if (pause > TimeSpan.Zero)
        {
            builder.AddCircuitBreaker(new CircuitBreakerStrategyOptions
            {
                FailureRatio = 0.7,
                MinimumThroughput = 2,
                SamplingDuration = TimeSpan.FromMinutes(2),
                BreakDuration = pause < ShortestPause ? ShortestPause : pause,
                ShouldHandle = static tried => ValueTask.FromResult(
                    tried.Outcome.Exception is { } failure && Failures.IsPassing(failure, tried.Context.CancellationToken)),
                OnOpened = opened =>
                {
                    _last = opened.Outcome.Exception;
                    _isAway = true;
                    return ValueTask.CompletedTask;
                },
                OnClosed = _ =>
                {
                    _isAway = false;
                    return ValueTask.CompletedTask;
                },
            });
        }

        _pipeline = builder.Build();
    }

    /// <summary>Whether the cluster was away when it was last asked for. Then calls have to go through <see cref="GuardAsync"/>.</summary>
    public bool IsAway => _isAway;

    /// <summary>Notes that somebody was answered.</summary>
    /// <remarks>Costs a read of memory that nobody writes, as long as all is well.</remarks>
    public void Answered()
    {
        if (!_answered)
        {
            _answered = true;
        }

        if (_failed)
        {
            _failed = false;
            try
            {
                _pipeline.Execute(static () => { });
            }
            catch (BrokenCircuitException)
            {
                // Others failed meanwhile, and it has opened. This call was answered all the same.
            }
        }
    }

    /// <summary>Makes a call, unless it is certain to fail.</summary>
    /// <exception cref="AtlasUnavailableException">It was not made; the message is that of the failure before.</exception>
    public async Task<T> GuardAsync<T>(Func<CancellationToken, Task<T>> call, CancellationToken cancellation)
    {
        if (_isAway)
        {
            return await RunAsync(call, cancellation).ConfigureAwait(false);
        }

        _answered = false;
        try
        {
            var answer = await call(cancellation).ConfigureAwait(false);
            Answered();
            return answer;
        }
        catch (Exception failure) when (!_answered && Failures.IsPassing(failure, cancellation))
        {
            // Where others are answered meanwhile, the cluster is not away.
            await NoteAsync(failure).ConfigureAwait(false);
            throw;
        }
    }

    private async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> call, CancellationToken cancellation)
    {
        try
        {
            return await _pipeline.ExecuteAsync(
                static async (call, stop) => await call(stop).ConfigureAwait(false), call, cancellation).ConfigureAwait(false);
        }
        catch (BrokenCircuitException open)
        {
            throw new AtlasUnavailableException(_last?.Message ?? "Atlas did not answer of late; it is asked again in a moment.", open);
        }
    }

    private async ValueTask NoteAsync(Exception failure)
    {
        ClientTelemetry.Outages.Add(1);
        _failed = true;
        try
        {
            await _pipeline.ExecuteAsync(static (failure, _) => ValueTask.FromException(failure), failure).ConfigureAwait(false);
        }
        catch (Exception noted) when (noted == failure || noted is BrokenCircuitException)
        {
            // It is the caller's to throw.
        }
    }
}
