using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Atlas.Testing.Wire;

/// <summary>An HTTP server on loopback that answers as the test wants, and remembers what was sent. <see cref="Answers"/> has
/// answers in the protocols of the providers. Its <see cref="Address"/> is the base address of Anthropic's protocol;
/// <see cref="OpenAIAddress"/> that of OpenAI's.</summary>
public sealed class ScriptedServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<ScriptedRequest> _requests = new();
    private readonly Script _script;
    private readonly Lock _lock = new();
    private readonly List<(Func<ScriptedRequest, bool> Predicate, Script Script)> _rules = [];

    private ScriptedServer(WebApplication app, Script script) => (_app, _script) = (app, script);

    /// <summary>Where it listens: <c>http://127.0.0.1:port/</c>.</summary>
    public Uri Address => new(_app.Urls.First());

    /// <summary>What <c>api_base</c> must say for a client of OpenAI's protocol.</summary>
    public string OpenAIAddress => new Uri(Address, "/v1").AbsoluteUri;

    /// <summary>All requests so far, in the order in which they came.</summary>
    public IReadOnlyList<ScriptedRequest> Requests => [.. _requests];

    /// <summary>Starts a server that gives the answers in order, the last one from then on; without any, and where no rule
    /// of <see cref="When"/> fits, status 501.</summary>
    public static async Task<ScriptedServer> StartAsync(params Func<HttpContext, Task>[] answers)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var server = new ScriptedServer(app, new Script(answers));
        app.Run(server.AnswerAsync);
        await app.StartAsync();
        return server;
    }

    /// <summary>Gives requests that fit these answers in order, the last one from then on. The rules are tried in the order
    /// in which they were made; a request that fits none gets the answers of <see cref="StartAsync"/>.</summary>
    /// <returns>This server.</returns>
    public ScriptedServer When(Func<ScriptedRequest, bool> predicate, params Func<HttpContext, Task>[] answers)
    {
        lock (_lock)
        {
            _rules.Add((predicate, new Script(answers)));
        }

        return this;
    }

    /// <summary>Answers with JSON, or with the text as it is.</summary>
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
        context.Response.ContentLength = Encoding.UTF8.GetByteCount(beginning) + 10_000;
        await context.Response.WriteAsync(beginning);
        await context.Response.Body.FlushAsync();
    };

    /// <summary>Says nothing until the client goes away; the source, if there is one, is completed when the request is in.</summary>
    public static Func<HttpContext, Task> Hang(TaskCompletionSource? arrived = null) => async context =>
    {
        var gone = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = context.RequestAborted.Register(() => gone.TrySetResult());
        arrived?.TrySetResult();
        await gone.Task;
    };

    /// <summary>Holds an answer back until the test lets it go.</summary>
    public static Func<HttpContext, Task> After(Task released, Func<HttpContext, Task> answer) => async context =>
    {
        await released.WaitAsync(context.RequestAborted);
        await answer(context);
    };

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var request = new ScriptedRequest(
            context.Request.Method,
            context.Request.Path + context.Request.QueryString,
            context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            await reader.ReadToEndAsync(context.RequestAborted));
        _requests.Enqueue(request);
        try
        {
            await ScriptOf(request).Next()(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client went away, as some tests want.
        }
    }

    private Script ScriptOf(ScriptedRequest request)
    {
        lock (_lock)
        {
            return _rules.FirstOrDefault(rule => rule.Predicate(request)).Script ?? _script;
        }
    }

    private sealed class Script(Func<HttpContext, Task>[] answers)
    {
        private int _served = -1;

        public Func<HttpContext, Task> Next() => answers.Length == 0
            ? Json(new { error = new { message = "No answer was scripted for this request." } }, 501)
            : answers[Math.Min(Interlocked.Increment(ref _served), answers.Length - 1)];
    }
}
