using System.Buffers;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace Atlas.Http.Webhooks;

/// <summary>Posts JSON to an address of the configuration. Requests are signed according to Standard Webhooks, repeated after failures that
/// may be temporary, and never follow a redirect.</summary>
public sealed class SignedWebhook : IDisposable
{
    private const int LargestAnswer = 64 << 10;
    private const string SecretPrefix = "whsec_";
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private readonly string _url;
    private readonly TimeProvider _time;
    private readonly byte[]? _secret;
    private readonly HttpClient _client;
    private readonly ResiliencePipeline<byte[]> _pipeline;

    /// <param name="block">The block of the configuration, for error messages.</param>
    /// <param name="url">The address.</param>
    /// <param name="secretEnv">The environment variable with the secret; null for unsigned requests.</param>
    /// <param name="timeout">The time limit for one attempt.</param>
    /// <param name="attempts">The number of attempts.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="OptionsValidationException">The environment variable is not set, or its value is not a secret.</exception>
    public SignedWebhook(string block, string url, string? secretEnv, TimeSpan timeout, int attempts, TimeProvider time)
    {
        (_url, _time) = (url, time);
        _secret = SecretOf(block, secretEnv);
        _client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
        var builder = new ResiliencePipelineBuilder<byte[]> { TimeProvider = time };
        if (attempts > 1)
        {
            builder.AddRetry(new RetryStrategyOptions<byte[]>
            {
                MaxRetryAttempts = attempts - 1,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = TimeSpan.FromSeconds(0.5),
                MaxDelay = LongestPause,
                ShouldHandle = new PredicateBuilder<byte[]>().Handle<TransientException>().Handle<HttpRequestException>().Handle<IOException>().Handle<TimeoutRejectedException>(),
                DelayGenerator = failed => ValueTask.FromResult((failed.Outcome.Exception as TransientException)?.After),
            });
        }

        _pipeline = builder.AddTimeout(timeout).Build();
    }

    /// <summary>Posts a body and returns the answer.</summary>
    /// <param name="id">The identity of the message, which stays the same in all attempts.</param>
    /// <param name="body">JSON in UTF-8.</param>
    /// <param name="cancellationToken">Stops trying.</param>
    /// <exception cref="Exception">The last attempt failed; the message says how.</exception>
    public Task<byte[]> PostAsync(string id, byte[] body, CancellationToken cancellationToken = default) =>
        _pipeline.ExecuteAsync(async stop => await AttemptAsync(id, body, stop).ConfigureAwait(false), cancellationToken).AsTask();

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private async Task<byte[]> AttemptAsync(string id, byte[] body, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        var at = _time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        request.Headers.Add("webhook-id", id);
        request.Headers.Add("webhook-timestamp", at);
        if (_secret is not null)
        {
            request.Headers.TryAddWithoutValidation("webhook-signature", $"v1,{Sign(_secret, id, at, body)}");
        }

        using var answer = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop).ConfigureAwait(false);
        if (answer.StatusCode is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError)
        {
            throw new TransientException($"it answered {(int)answer.StatusCode}", PauseOf(answer));
        }

        return answer.IsSuccessStatusCode
            ? await ReadAsync(answer, stop).ConfigureAwait(false)
            : throw new InvalidOperationException($"it answered {(int)answer.StatusCode}");
    }

    private static string Sign(byte[] secret, string id, string at, byte[] body)
    {
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{id}.{at}."), .. body];
        return Convert.ToBase64String(HMACSHA256.HashData(secret, signed));
    }

    private static async Task<byte[]> ReadAsync(HttpResponseMessage answer, CancellationToken stop)
    {
        var stream = await answer.Content.ReadAsStreamAsync(stop).ConfigureAwait(false);
        await using var streamDisposal = stream.ConfigureAwait(false);
        var buffer = ArrayPool<byte>.Shared.Rent(LargestAnswer + 1);
        try
        {
            var read = await stream.ReadAtLeastAsync(buffer.AsMemory(0, LargestAnswer + 1), LargestAnswer + 1, throwOnEndOfStream: false, stop).ConfigureAwait(false);
            return read <= LargestAnswer ? buffer[..read] : throw new FormatException($"the answer has more than {LargestAnswer} bytes");
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }
    }

    private TimeSpan? PauseOf(HttpResponseMessage answer)
    {
        var pause = answer.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date - _time.GetUtcNow(),
            _ => (TimeSpan?)null,
        };
        return pause is null ? null : pause < TimeSpan.Zero ? TimeSpan.Zero : pause > LongestPause ? LongestPause : pause;
    }

    private static byte[]? SecretOf(string block, string? variable)
    {
        if (variable is null)
        {
            return null;
        }

        var text = Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value
            ? value
            : throw Wrong($"{block}.secret_env names {variable}, which is not set. Set it, or leave secret_env out to send unsigned requests.");
        try
        {
            return text.StartsWith(SecretPrefix, StringComparison.Ordinal) ? Convert.FromBase64String(text[SecretPrefix.Length..]) : Encoding.UTF8.GetBytes(text);
        }
        catch (FormatException)
        {
            throw Wrong($"{variable}, which {block}.secret_env names, begins with '{SecretPrefix}', but what follows is not Base64. Correct its value.");
        }
    }

    private static OptionsValidationException Wrong(string sentence) => new(nameof(SignedWebhook), typeof(SignedWebhook), [sentence]);

    /// <summary>The exception for a failure that may be temporary.</summary>
    private sealed class TransientException(string message, TimeSpan? after) : Exception(message)
    {
        /// <summary>Gets the delay before the next attempt that the webhook asked for; null to choose one here.</summary>
        public TimeSpan? After => after;
    }
}
