using System.Threading.RateLimiting;
using Atlas.Learning.Options;
using Polly;
using Polly.CircuitBreaker;

namespace Atlas.Models.Providers.Calls;

/// <summary>What all clients of an endpoint share: its circuit breaker and its limits.</summary>
internal sealed class EndpointGate : IAsyncDisposable
{
    private static readonly TimeSpan Sampling = TimeSpan.FromSeconds(30);
    private readonly ConcurrencyLimiter _room;
    private readonly TokenBucketRateLimiter? _rate;

    public EndpointGate(ProviderLimits limits, TimeProvider time)
    {
        Limits = limits;
        _room = new(new ConcurrencyLimiterOptions
        {
            PermitLimit = limits.MaxConcurrentCalls,
            QueueLimit = limits.MaxWaitingCalls,
            QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
        });
        var builder = new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = time }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions<HttpResponseMessage>
            {
                ShouldHandle = arguments => ValueTask.FromResult(Transient.BreaksCircuit(arguments.Outcome)),
                FailureRatio = 0.5,
                MinimumThroughput = limits.CircuitCalls,
                SamplingDuration = Sampling,
                BreakDuration = TimeSpan.FromSeconds(limits.CircuitPauseSeconds),
            });
        if (limits.CallsPerMinute is { } calls)
        {
            // One token at a time, so that a minute's calls are not all made in its first second.
            _rate = new(new TokenBucketRateLimiterOptions
            {
                TokenLimit = Math.Max(1, calls / 10),
                TokensPerPeriod = 1,
                ReplenishmentPeriod = TimeSpan.FromMinutes(1) / calls,
                QueueLimit = limits.MaxWaitingCalls,
                QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
            });
            builder.AddRateLimiter(_rate);
        }

        Pipeline = builder.AddRateLimiter(_room).Build();
    }

    public ProviderLimits Limits { get; }

    /// <summary>Gets the pipeline, from the outside in: circuit breaker, rate, concurrency.</summary>
    public ResiliencePipeline<HttpResponseMessage> Pipeline { get; }

    public async ValueTask DisposeAsync()
    {
        await _room.DisposeAsync().ConfigureAwait(false);
        if (_rate is not null)
        {
            await _rate.DisposeAsync().ConfigureAwait(false);
        }
    }
}
