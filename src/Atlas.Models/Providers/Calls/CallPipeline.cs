using Atlas.Learning.Options;
using Polly;
using Polly.Retry;

namespace Atlas.Models.Providers.Calls;

/// <summary>The pipeline of a call, from the outside in: retries, the endpoint's gate, the time limit of one attempt.</summary>
internal static class CallPipeline
{
    public static ResiliencePipeline<HttpResponseMessage> Build(LlmParameters parameters, EndpointGate gate, TimeProvider time)
    {
        var builder = new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = time };
        if (parameters.Retry.Attempts > 1)
        {
            var longest = TimeSpan.FromSeconds(gate.Limits.MaxRetryAfterSeconds);
            builder.AddRetry(new RetryStrategyOptions<HttpResponseMessage>
            {
                MaxRetryAttempts = parameters.Retry.Attempts - 1,
                BackoffType = DelayBackoffType.Linear,
                Delay = TimeSpan.FromSeconds(parameters.Retry.BackoffSeconds),
                UseJitter = true,
                ShouldHandle = arguments => ValueTask.FromResult(
                    Transient.MayRetry(arguments.Outcome)
                    && !(arguments.Outcome.Result is { } response && RetryAfter.Of(response, time) > longest)),
                DelayGenerator = arguments => ValueTask.FromResult(
                    arguments.Outcome.Result is { } response ? RetryAfter.Of(response, time) : null),
                OnRetry = arguments =>
                {
                    arguments.Outcome.Result?.Dispose();
                    return ValueTask.CompletedTask;
                },
            });
        }

        builder.AddPipeline(gate.Pipeline);
        if (parameters.TimeoutSeconds > 0)
        {
            builder.AddTimeout(new Polly.Timeout.TimeoutStrategyOptions { Timeout = TimeLimit.Of(parameters) });
        }

        return builder.Build();
    }
}
