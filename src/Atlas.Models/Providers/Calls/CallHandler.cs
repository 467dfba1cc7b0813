using System.Globalization;
using Atlas.Learning.Options;
using Atlas.Models.Providers.Routing;
using Atlas.Models.Providers.Wire;
using Polly;
using Polly.CircuitBreaker;
using Polly.RateLimiting;
using Polly.Timeout;

namespace Atlas.Models.Providers.Calls;

/// <summary>Sends the calls of one model through its pipeline. A final failure is a <see cref="ModelException"/>, the same for every
/// vendor's package.</summary>
internal sealed class CallHandler(
    LlmParameters parameters, ModelRoute route, Secrets secrets, Voice voice, ResiliencePipeline<HttpResponseMessage> pipeline, HttpMessageHandler inner)
    : DelegatingHandler(inner)
{
    private const int LargestAnswer = 64 * 1024 * 1024;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        SetHeaders(request);
        if (request.Content is not null)
        {
            // Buffered, so that a retry sends the same bytes.
            await request.Content.LoadIntoBufferAsync(cancellationToken).ConfigureAwait(false);
        }

        HttpResponseMessage response;
        try
        {
            response = await pipeline.ExecuteAsync(
                static async (state, ct) => await state.Handler.TryAsync(state.Request, ct).ConfigureAwait(false),
                (Handler: this, Request: request),
                cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (Translate(failure) is { } translated)
        {
            throw translated;
        }

        if (response.IsSuccessStatusCode)
        {
            return response;
        }

        using (response)
        {
            throw voice.Refusal(
                ProviderReason.Of(await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false)), (int)response.StatusCode);
        }
    }

    private string Who => voice.Who;

    /// <summary>Makes one attempt. The answer is read to its end here, so that a connection that breaks within it, or an error in its place,
    /// also counts as a failed attempt. Only a streamed answer is passed on as it begins.</summary>
    private async Task<HttpResponseMessage> TryAsync(HttpRequestMessage request, CancellationToken ct)
    {
        var response = await base.SendAsync(request, ct).ConfigureAwait(false);
        try
        {
            if (!response.IsSuccessStatusCode)
            {
                await response.Content.LoadIntoBufferAsync(LargestAnswer, ct).ConfigureAwait(false);
                return response;
            }

            request.Options.TryGetValue(WireOptions.Streams, out var streams);
            await (voice.IsAnthropic
                ? AnthropicProtocol.ReadAsync(response, voice, streams, ct)
                : OpenAIProtocol.ReadAsync(response, voice, streams, ct)).ConfigureAwait(false);
        }
        catch
        {
            response.Dispose();
            throw;
        }

        return response;
    }

    private void SetHeaders(HttpRequestMessage request)
    {
        if (route.Provider == LlmProvider.AzureOpenAI)
        {
            // That endpoint takes a bearer token for a user's identity; a key has its own header.
            request.Headers.Authorization = null;
            request.Headers.Remove("api-key");
            request.Headers.Add("api-key", secrets.Key);
        }

        foreach (var (name, value) in parameters.AdditionalHeaders)
        {
            request.Headers.Remove(name);
            if (!request.Headers.TryAddWithoutValidation(name, value))
            {
                throw new ModelException(ModelFailure.Configuration, $"The header '{name}' of 'additional_headers' cannot be sent with a request. Remove it.");
            }
        }
    }

    private ModelException? Translate(Exception failure) => failure switch
    {
        TimeoutRejectedException => new(
            ModelFailure.TimedOut,
            string.Create(CultureInfo.InvariantCulture, $"{Who} did not answer within {parameters.TimeoutSeconds} seconds.")),
        BrokenCircuitException => new(
            ModelFailure.CircuitOpen, $"Calls to {Who} have failed so often that no more are made for a while."),
        RateLimiterRejectedException => new(
            ModelFailure.RateLimited, $"Too many calls to {Who} are waiting."),
        HttpRequestException or IOException => new(
            ModelFailure.Unreachable, secrets.Hide($"{Who} could not be reached, or the connection was lost: {Innermost(failure)}")),
        _ => null,
    };

    private static string Innermost(Exception failure)
    {
        while (failure.InnerException is { } inner)
        {
            failure = inner;
        }

        return failure.Message;
    }
}
