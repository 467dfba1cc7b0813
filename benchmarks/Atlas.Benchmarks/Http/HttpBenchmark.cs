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

/// <summary>What the way over HTTP costs beside an endpoint that hands out the same bytes and does nothing else.</summary>
internal sealed class HttpBenchmark(SharedPostgres postgres) : IBenchmark
{
    private const int Connections = 64;

    public string Name => "http";

    public string Description =>
        "Resolves a playbook over HTTP at 64 connections, with and without a known ETag, against a bare endpoint that returns the same bytes.";

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
        var compared = await new ThroughputRounds(rounds: 15, seconds: 0.6).CompareAsync(
            [
                Throughput.Of("body", Connections, caller => ours.AskAsync(caller, "")),
                Throughput.Of("bare-body", Connections, caller => theirs.AskAsync(caller, "")),
                Throughput.Of("etag", Connections, caller => ours.AskAsync(caller, known)),
                Throughput.Of("bare-etag", Connections, caller => theirs.AskAsync(caller, known)),
            ],
            cancellationToken);
        return new BenchmarkReport(
            [.. compared.Measurements(Name)],
            [compared.Ratio("http_body_vs_bare", "body", "bare-body"), compared.Ratio("http_etag_vs_bare", "etag", "bare-etag")]);
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
