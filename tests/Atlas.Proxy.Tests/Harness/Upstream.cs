using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Atlas.Proxy.Tests.Harness;

/// <summary>A request as it reached the upstream, byte for byte.</summary>
public sealed record Arrived(string Method, string Target, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public string Text => Encoding.UTF8.GetString(Body);

    public JsonElement Json => JsonElement.Parse(Body);

    public string? Header(string name) => Headers.GetValueOrDefault(name);
}

/// <summary>A vendor that answers as the test wants, and keeps what came.</summary>
public sealed class Upstream : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<Arrived> _arrived = new();

    private Upstream(WebApplication app) => _app = app;

    public string Address => _app.Urls.First();

    public IReadOnlyList<Arrived> Requests => [.. _arrived];

    /// <summary>How it answers; may be exchanged at any time.</summary>
    public Func<HttpContext, Arrived, Task> Answer { get; set; } = (context, _) => Replies.Chat("Hello.")(context);

    /// <summary>Whether it keeps what comes.</summary>
    public bool Keeps { get; set; } = true;

    public static async Task<Upstream> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = null);
        var app = builder.Build();
        var server = new Upstream(app);
        app.Run(server.HandleAsync);
        await app.StartAsync();
        return server;
    }

    public Arrived Last => _arrived.Last();

    public void Forget() => _arrived.Clear();

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task HandleAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var arrived = new Arrived(
            context.Request.Method,
            context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpRequestFeature>()!.RawTarget,
            context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            body.ToArray());
        if (Keeps)
        {
            _arrived.Enqueue(arrived);
        }

        try
        {
            await Answer(context, arrived);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The caller went away, as some tests want.
        }
    }
}
