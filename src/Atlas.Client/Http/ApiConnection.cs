using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Atlas.Client.Security;
using Atlas.Contracts;
using Atlas.Domain.Json;

namespace Atlas.Client.Http;

/// <summary>Sends requests to the HTTP API of a cluster and converts its errors into the exceptions of a client.</summary>
internal sealed class ApiConnection : IDisposable
{
    // A name can resolve to other silos a little later.
    private static readonly TimeSpan LongestConnection = TimeSpan.FromMinutes(2);
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    private readonly HttpClient _http;
    private readonly TimeSpan _patience;
    private readonly TimeProvider _time;

    public ApiConnection(AtlasClientOptions options, TimeProvider time)
    {
        Address = Read(options.Address);
        (_patience, _time) = (options.ResponseTimeout, time);
        var handler = new SocketsHttpHandler
        {
            PooledConnectionLifetime = LongestConnection,
            ConnectTimeout = options.ConnectTimeout,
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.All,
            SslOptions = { CertificateChainPolicy = Trust(options.Tls) },
        };
        _http = new HttpClient(handler) { BaseAddress = Address, Timeout = Timeout.InfiniteTimeSpan };
        if ((options.ApiKey ?? Environment.GetEnvironmentVariable("ATLAS_API_KEY")) is { Length: > 0 } key)
        {
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        }
    }

    public Uri Address { get; }

    /// <summary>Builds the path of a learning key's API.</summary>
    public static string Key(string learningKey, string what = "") => $"v1/keys/{Uri.EscapeDataString(learningKey)}{(what.Length == 0 ? "" : "/")}{what}";

    public async Task<T> GetAsync<T>(string path, CancellationToken cancellation, TimeSpan longer = default)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        using var response = await SendAsync(request, cancellation, longer).ConfigureAwait(false);
        return await ReadAsync<T>(response).ConfigureAwait(false);
    }

    /// <summary>Reads the resource at a path; returns null if the API does not know the learning key.</summary>
    public async Task<T?> FindAsync<T>(string path, CancellationToken cancellation)
        where T : class
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        using var response = await SendAsync(request, cancellation).ConfigureAwait(false);
        return response.StatusCode is HttpStatusCode.NotFound && await ApiProblem.OfAsync(response).ConfigureAwait(false) is { Code: "key-not-found" }
            ? null
            : await ReadAsync<T>(response).ConfigureAwait(false);
    }

    /// <param name="path">The path.</param>
    /// <param name="body">The body.</param>
    /// <param name="identity">The idempotency key: a request repeated with it is carried out once. Null for a request that is idempotent
    /// anyway.</param>
    /// <param name="cancellation">Stops waiting.</param>
    public async Task<T> PostAsync<T>(string path, object body, string? identity, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body, AtlasJson.Options)) };
        request.Content.Headers.ContentType = Json;
        if (identity is not null)
        {
            request.Headers.Add("Idempotency-Key", identity);
        }

        using var response = await SendAsync(request, cancellation).ConfigureAwait(false);
        return await ReadAsync<T>(response).ConfigureAwait(false);
    }

    /// <summary>Sends a request and returns the response, whatever its status.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <param name="longer">How much longer than usual the answer can take.</param>
    /// <param name="completion">Whether to wait for the whole body.</param>
    /// <exception cref="TimeoutException">Nobody answers; the inner exception carries the message for callers.</exception>
    /// <exception cref="AtlasRefusedException">The server is not trusted.</exception>
    public async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellation, TimeSpan longer = default, HttpCompletionOption completion = HttpCompletionOption.ResponseContentRead)
    {
        using var patience = new CancellationTokenSource(_patience + longer, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellation);
        try
        {
            return await _http.SendAsync(request, completion, either.Token).ConfigureAwait(false);
        }
        catch (HttpRequestException failure) when (failure.InnerException is AuthenticationException)
        {
            throw new AtlasRefusedException(
                $"The certificate of {Address} is not trusted: {failure.InnerException.Message.TrimEnd('.')}. Set Atlas:Tls:Authority to the file of the authority that signed it.", failure);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException || (failure is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            throw NoAnswer(failure);
        }
    }

    /// <exception cref="AtlasRefusedException">The API refuses the request.</exception>
    /// <exception cref="AtlasUnavailableException">The API cannot serve the request now.</exception>
    public async Task DemandAsync(HttpResponseMessage response)
    {
        if (!response.IsSuccessStatusCode)
        {
            throw (await ApiProblem.OfAsync(response).ConfigureAwait(false)).ToException(Address);
        }
    }

    public async Task<T> ReadAsync<T>(HttpResponseMessage response)
    {
        await DemandAsync(response).ConfigureAwait(false);
        try
        {
            using var body = await response.Content.ReadAsStreamAsync().ConfigureAwait(false);
            return await JsonSerializer.DeserializeAsync<T>(body, AtlasJson.Options).ConfigureAwait(false) ?? throw new JsonException("The answer is null.");
        }
        catch (JsonException strange)
        {
            throw new AtlasRefusedException(ApiProblem.NoApi(Address), strange);
        }
    }

    public void Dispose() => _http.Dispose();

    // A time-out counts as an outage and is retried; the caller finally gets the message of the inner exception.
    private TimeoutException NoAnswer(Exception failure)
    {
        var told = failure is HttpRequestException { InnerException: { } reason } ? reason.Message : failure is OperationCanceledException ? "no answer in time" : failure.Message;
        var unavailable = new AtlasUnavailableException(
            $"Atlas does not answer at {Address} ({told.TrimEnd('.')}). Check that a silo is running there and that Atlas:Client:Address is right, then send the request again.", failure);
        return new TimeoutException(unavailable.Message, unavailable);
    }

    private static Uri Read(string? address) =>
        Uri.TryCreate(address?.Trim(), UriKind.Absolute, out var known) && known.Scheme is "http" or "https" && known is { Query: "", Fragment: "", UserInfo: "" }
            ? known.AbsoluteUri.EndsWith('/') ? known : new Uri(known.AbsoluteUri + "/")
            : throw new AtlasRefusedException("Atlas:Client:Address is not the address of an HTTP API. Write it as https://atlas.example:5080, without a query string or a password.");

    private static X509ChainPolicy? Trust(AtlasTlsOptions tls)
    {
        if (string.IsNullOrEmpty(tls.Authority))
        {
            return null;
        }

        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        try
        {
            policy.CustomTrustStore.ImportFromPemFile(tls.Authority);
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new AtlasRefusedException($"Atlas:Tls:Authority cannot be used, '{tls.Authority}': {wrong.Message.TrimEnd('.')}.", wrong);
        }

        return policy;
    }
}
