using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Atlas.Models.Tests.Wire;

/// <summary>An HTTP server on loopback that answers as the test wants, and remembers what was sent.</summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<Request> _requests = new();
    private int _served = -1;

    private ScriptedServer(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.First());

    public IReadOnlyList<Request> Requests => [.. _requests];

    /// <summary>Starts a server that gives the answers in order, the last one from then on.</summary>
    public static async Task<ScriptedServer> StartAsync(params Func<HttpContext, Task>[] answers)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var server = new ScriptedServer(app);
        app.Run(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            var body = await reader.ReadToEndAsync(context.RequestAborted);
            server._requests.Enqueue(new Request(
                context.Request.Method,
                context.Request.Path + context.Request.QueryString,
                context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
                body));
            await answers[Math.Min(Interlocked.Increment(ref server._served), answers.Length - 1)](context);
        });
        await app.StartAsync();
        return server;
    }

    /// <summary>Answers with JSON.</summary>
    public static Func<HttpContext, Task> Json(object body, int status = 200, params (string Name, string Value)[] headers) => async context =>
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        foreach (var (name, value) in headers)
        {
            context.Response.Headers[name] = value;
        }

        await context.Response.WriteAsync(body as string ?? JsonSerializer.Serialize(body), context.RequestAborted);
    };

    /// <summary>Promises a long answer and ends in the middle of it. The server then closes the connection, after what was
    /// written has gone out.</summary>
    public static Func<HttpContext, Task> Cut(string beginning, string contentType = "application/json") => async context =>
    {
        context.Response.ContentType = contentType;
        context.Response.ContentLength = beginning.Length + 10_000;
        await context.Response.WriteAsync(beginning);
        await context.Response.Body.FlushAsync();
    };

    /// <summary>Says nothing until the client goes away; the source is completed when the request is in.</summary>
    public static Func<HttpContext, Task> Hang(TaskCompletionSource arrived) => async context =>
    {
        var gone = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = context.RequestAborted.Register(() => gone.TrySetResult());
        arrived.TrySetResult();
        await gone.Task;
    };

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    internal sealed record Request(string Method, string Path, IReadOnlyDictionary<string, string> Headers, string Body)
    {
        public JsonElement Json { get; } = Body.Length > 0 ? JsonElement.Parse(Body) : default;
    }
}
