using System.Globalization;
using System.Net;
using Atlas.Benchmarks.Harness;
using Atlas.Benchmarks.Silo;
using Atlas.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Atlas.Benchmarks.Http;

/// <summary>Measures the cost of HTTP compared with an endpoint that only returns the same bytes.</summary>
internal sealed class HttpBenchmark(SharedPostgres postgres) : IBenchmark
{
    private const int Connections = 64;
    private const int PerSecond = 5000;

    public string Name => "http";

    public bool IsQuick => true;

    public string Description =>
        "Resolves a playbook over HTTP at 64 connections, with and without a known ETag, against a bare endpoint that returns the same bytes; and the 99th percentile at 5,000 requests a second.";

    public async Task<BenchmarkReport> RunAsync(Rounds rounds, CancellationToken cancellationToken)
    {
        var address = await SmallKeys.DatabaseAsync(postgres, "http", keys: 1);
        var ports = FreePorts.Find(2);
        await using var silo = await BenchmarkSilo.StartAsync(
            address, "silo-http", string.Create(CultureInfo.InvariantCulture, $"--Atlas:Http:Port={ports[0]}"));
        var path = $"/v1/keys/{Uri.EscapeDataString(SmallKeys.Name(0))}/playbook";
        using var http = new HttpClient { BaseAddress = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{ports[0]}/")) };
        using var playbook = await http.GetAsync(path, cancellationToken);
        var etag = playbook.EnsureSuccessStatusCode().Headers.ETag!.ToString();
        await using var bare = await BareAsync(ports[1], await playbook.Content.ReadAsByteArrayAsync(cancellationToken), etag);

        var known = $"If-None-Match: {etag}\r\n";
        await using var ours = await Connection.OpenAsync(ports[0], path, Connections);
        await using var theirs = await Connection.OpenAsync(ports[1], path, Connections);
        var compared = await rounds.Throughputs(15, seconds: 0.6).CompareAsync(
            [
                Throughput.Of("body", Connections, caller => ours.AskAsync(caller, "")),
                Throughput.Of("bare-body", Connections, caller => theirs.AskAsync(caller, "")),
                Throughput.Of("etag", Connections, caller => ours.AskAsync(caller, known)),
                Throughput.Of("bare-etag", Connections, caller => theirs.AskAsync(caller, known)),
            ],
            cancellationToken);
        var latencies = await LatenciesAsync(
            [("body", ours, ""), ("bare-body", theirs, ""), ("etag", ours, known), ("bare-etag", theirs, known)], rounds.OfLong(9), cancellationToken);
        return new BenchmarkReport(
            [.. compared.Measurements(Name), .. latencies],
            [compared.Ratio("http_body_vs_bare", "body", "bare-body"), compared.Ratio("http_etag_vs_bare", "etag", "bare-etag")]);
    }

    /// <summary>Returns the p99 of each at a steady rate, and what Atlas adds to that of the bare endpoint.</summary>
    private static async Task<IReadOnlyList<Measurement>> LatenciesAsync(
        (string Name, Connection Server, string Headers)[] contestants, int rounds, CancellationToken cancellationToken)
    {
        var window = TimeSpan.FromSeconds(2);
        var samples = contestants.Select(_ => new double[rounds]).ToArray();
        for (var round = -1; round < rounds; round++)
        {
            for (var turn = 0; turn < contestants.Length; turn++)
            {
                var index = (Math.Max(round, 0) + turn) % contestants.Length;
                var (_, server, headers) = contestants[index];
                samples[index][Math.Max(round, 0)] = await SteadyLoad.NinetyNineAsync(
                    PerSecond, window, Connections, connection => server.AskAsync(connection, headers), cancellationToken);
            }
        }

        var requests = (long)(rounds * window.TotalSeconds * PerSecond);
        return
        [
            .. contestants.Select((contestant, index) => new Measurement($"http/p99/{contestant.Name}", Spread.Of(samples[index]), "us", requests)),
            new Measurement("http/p99-added/body", Spread.Of(samples[0].Zip(samples[1], (own, bare) => own - bare)), "us", requests),
            new Measurement("http/p99-added/etag", Spread.Of(samples[2].Zip(samples[3], (own, bare) => own - bare)), "us", requests),
        ];
    }

    private static async Task<WebApplication> BareAsync(int port, byte[] body, string etag)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        var app = builder.Build();
        app.MapGet("/v1/keys/{key}/playbook", async context =>
        {
            context.Response.Headers.ETag = etag;
            context.Response.Headers.CacheControl = "private, no-cache";
            if (context.Request.Headers.IfNoneMatch == etag)
            {
                context.Response.StatusCode = StatusCodes.Status304NotModified;
                return;
            }

            context.Response.ContentType = "application/json; charset=utf-8";
            context.Response.ContentLength = body.Length;
            await context.Response.BodyWriter.WriteAsync(body, context.RequestAborted);
        });
        await app.StartAsync();
        return app;
    }
}
