using Atlas.Client.Hosting;
using Atlas.Contracts;
using Polly;
using Polly.CircuitBreaker;

namespace Atlas.Client.Connection;

/// <summary>A circuit breaker: after two recent failures to reach the cluster, calls fail immediately for a while.</summary>
/// <remarks>It is not consulted while everything works, so it costs nothing then.</remarks>
internal sealed class OutageBreaker
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(500);

    private readonly ResiliencePipeline _pipeline;
    private volatile Exception? _last;
    private volatile bool _isAway;
    private volatile bool _answered;
    private volatile bool _failed;

    /// <param name="pause">How long nothing is attempted after the second failure; zero to attempt every call.</param>
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

    /// <summary>Gets a value indicating whether the cluster was unreachable at the last call. Calls must then go through
    /// <see cref="GuardAsync"/>.</summary>
    public bool IsAway => _isAway;

    /// <summary>Records that a call was answered.</summary>
    /// <remarks>While everything works, it costs one read of memory that nobody writes.</remarks>
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
                // Other calls failed in the meantime and the circuit opened, but this call was answered.
            }
        }
    }

    /// <summary>Makes a call unless it is certain to fail.</summary>
    /// <exception cref="AtlasUnavailableException">The call was not made; the message is that of the previous failure.</exception>
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
            // If other calls are answered in the meantime, the cluster is not away.
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
            throw new AtlasUnavailableException(_last?.Message ?? "Atlas has not been answering; it is tried again in a moment.", open);
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
            // The caller throws it.
        }
    }
}
