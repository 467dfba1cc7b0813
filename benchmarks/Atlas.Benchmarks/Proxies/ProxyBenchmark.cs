using System.Globalization;
using System.Net;
using System.Text;
using Atlas.Benchmarks.Harness;
using Atlas.Benchmarks.Http;
using Atlas.Benchmarks.Silo;
using Atlas.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Yarp.ReverseProxy.Forwarder;

namespace Atlas.Benchmarks.Proxies;

/// <summary>Measures what the learning proxy adds to a call, compared with YARP's forwarder alone in front of the same upstream.</summary>
internal sealed class ProxyBenchmark(SharedPostgres postgres) : IBenchmark
{
    private const int Callers = 32;
    private const int PerSecond = 1000;

    /// <summary>The number of rounds before the first that counts: the runtime keeps recompiling hot code for some seconds.</summary>
    private const int WarmUps = 3;

    private static readonly byte[] Answer = Encoding.UTF8.GetBytes(
        """{"id":"chatcmpl-1","object":"chat.completion","created":1790000000,"model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"Done."},"finish_reason":"stop"}],"usage":{"prompt_tokens":20,"completion_tokens":5,"total_tokens":25}}""");

    private static readonly byte[] Event = Encoding.UTF8.GetBytes("""data: {"id":"chatcmpl-1","object":"chat.completion.chunk","choices":[{"index":0,"delta":{"content":"word "}}]}""" + "\n\n");

    private static readonly string Words = string.Concat(Enumerable.Repeat("Some words of a conversation that has gone on for a while. ", 60));

    public string Name => "proxy";

    public bool IsQuick => true;

    public string Description =>
        "Sends chat completions of open sessions through the learning proxy and through YARP's forwarder alone, at 1,000 requests a second, at once and as streams: the added median and 99th percentile, and those of a stream's first byte.";

    public async Task<BenchmarkReport> RunAsync(Rounds rounds, CancellationToken cancellationToken)
    {
        var address = await SmallKeys.DatabaseAsync(postgres, "proxy", keys: 1);
        var ports = FreePorts.Find(3);
        await using var upstream = await UpstreamAsync(ports[0]);
        await using var bare = await BareAsync(ports[1], ports[0]);
        var configuration = Path.Combine(Path.GetTempPath(), $"atlas-bench-{Guid.NewGuid():N}.yaml");
        await File.WriteAllTextAsync(configuration, string.Create(
            CultureInfo.InvariantCulture, $"proxy: {{ upstreams: {{ openai: {{ base_url: \"http://127.0.0.1:{ports[0]}\" }} }} }}"), cancellationToken);
        try
        {
            await using var silo = await BenchmarkSilo.StartAsync(
                address, "silo-proxy", $"--ATLAS_CONFIG={configuration}", string.Create(CultureInfo.InvariantCulture, $"--Atlas:Http:Port={ports[2]}"));
            using var client = new HttpMessageInvoker(new SocketsHttpHandler { UseCookies = false, UseProxy = false, ActivityHeadersPropagator = null });
            var ours = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{ports[2]}/proxy/k/{Uri.EscapeDataString(SmallKeys.Name(0))}/openai");
            var theirs = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{ports[1]}");
            foreach (var caller in Enumerable.Range(0, Callers))
            {
                await AskAsync(client, ours, caller, streams: false, cancellationToken);
            }

            return new BenchmarkReport(
                [
                    .. await CompareAsync("whole", rounds.OfLong(9), caller => AskAsync(client, ours, caller, false, cancellationToken), caller => AskAsync(client, theirs, caller, false, cancellationToken), cancellationToken),
                    .. await CompareAsync("first-byte", rounds.OfLong(9), caller => AskAsync(client, ours, caller, true, cancellationToken), caller => AskAsync(client, theirs, caller, true, cancellationToken), cancellationToken),
                ],
                []);
        }
        finally
        {
            File.Delete(configuration);
        }
    }

    private async Task<IReadOnlyList<Measurement>> CompareAsync(string what, int rounds, Func<int, Task> ours, Func<int, Task> theirs, CancellationToken cancellationToken)
    {
        var window = TimeSpan.FromSeconds(2);
        var (own, bare) = (new (double Half, double NinetyNine)[rounds], new (double Half, double NinetyNine)[rounds]);
        for (var round = -WarmUps; round < rounds; round++)
        {
            // The first in one round is second in the next.
            for (var turn = 0; turn < 2; turn++)
            {
                var isOurs = (round + WarmUps + turn) % 2 == 0;
                (isOurs ? own : bare)[Math.Max(round, 0)] = await SteadyLoad.PercentilesAsync(PerSecond, window, Callers, isOurs ? ours : theirs, cancellationToken);
            }
        }

        var requests = (long)(rounds * window.TotalSeconds * PerSecond);
        Measurement Of(string name, IEnumerable<double> samples) => new($"{Name}/{what}/{name}", Spread.Of([.. samples]), "us", requests);
        return
        [
            Of("p50", own.Select(one => one.Half)),
            Of("bare-p50", bare.Select(one => one.Half)),
            Of("p50-added", own.Zip(bare, (one, other) => one.Half - other.Half)),
            Of("p99", own.Select(one => one.NinetyNine)),
            Of("bare-p99", bare.Select(one => one.NinetyNine)),
            Of("p99-added", own.Zip(bare, (one, other) => one.NinetyNine - other.NinetyNine)),
        ];
    }

    /// <summary>Makes a call. For a stream, the time counts up to its first byte, and the rest is read separately.</summary>
    internal static async Task AskAsync(HttpMessageInvoker client, string address, int caller, bool streams, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address + "/v1/chat/completions")
        {
            Content = new StringContent(
                $$"""{"model":"m","stream":{{(streams ? "true" : "false")}},"max_tokens":100,"messages":[{"role":"system","content":"Be kind."},{"role":"user","content":"{{Words}}"}]}""", Encoding.UTF8, "application/json"),
        };
        request.Headers.TryAddWithoutValidation("x-session-affinity", caller.ToString(CultureInfo.InvariantCulture));
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer sk-benchmark");
        var response = await client.SendAsync(request, cancellationToken);
        if (response.StatusCode is not HttpStatusCode.OK)
        {
            throw new InvalidOperationException($"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync(cancellationToken)}");
        }

        var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[4096];
        _ = await body.ReadAsync(buffer, cancellationToken);
        if (streams)
        {
            _ = RestAsync(response, body, buffer, cancellationToken);
        }
        else
        {
            await RestAsync(response, body, buffer, cancellationToken);
        }
    }

    private static async Task RestAsync(HttpResponseMessage response, Stream body, byte[] buffer, CancellationToken cancellationToken)
    {
        using (response)
        {
            while (await body.ReadAsync(buffer, cancellationToken) > 0)
            {
            }
        }
    }

    internal static async Task<WebApplication> UpstreamAsync(int port)
    {
        var app = Slim(port, _ => { });
        app.MapPost("/v1/chat/completions", async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            if (!(await reader.ReadToEndAsync(context.RequestAborted)).Contains("\"stream\":true", StringComparison.Ordinal))
            {
                context.Response.ContentType = "application/json";
                context.Response.ContentLength = Answer.Length;
                await context.Response.Body.WriteAsync(Answer, context.RequestAborted);
                return;
            }

            context.Response.ContentType = "text/event-stream";
            for (var number = 0; number < 20; number++)
            {
                await context.Response.Body.WriteAsync(Event, context.RequestAborted);
            }

            await context.Response.Body.WriteAsync("data: [DONE]\n\n"u8.ToArray(), context.RequestAborted);
        });
        await app.StartAsync();
        return app;
    }

    private static async Task<WebApplication> BareAsync(int port, int upstream)
    {
        var app = Slim(port, services => services.AddHttpForwarder());
        app.MapForwarder("/{**path}", string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{upstream}"), ForwarderRequestConfig.Empty, HttpTransformer.Empty);
        await app.StartAsync();
        return app;
    }

    private static WebApplication Slim(int port, Action<IServiceCollection> add)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        add(builder.Services);
        return builder.Build();
    }
}
