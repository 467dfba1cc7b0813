using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;
using Atlas.Proxy.Tests.Harness;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace Atlas.Proxy.Tests.Passing;

/// <summary>The bytes that a client gets are those that the upstream sent.</summary>
public sealed class StreamTests(SharedHouse shared, ITestOutputHelper output) : IClassFixture<SharedHouse>
{
    private House House => shared.House;

    [Fact]
    public async Task Every_byte_of_every_stream_arrives()
    {
        var count = int.Parse(Environment.GetEnvironmentVariable("ATLAS_PROXY_STREAMS") ?? "1000", CultureInfo.InvariantCulture);
        var first = int.Parse(Environment.GetEnvironmentVariable("ATLAS_PROXY_SEED") ?? Random.Shared.Next(1 << 30).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        output.WriteLine($"ATLAS_PROXY_SEED={first} ATLAS_PROXY_STREAMS={count}");
        House.Upstream.Keeps = false;
        House.Upstream.Answer = async (context, arrived) =>
        {
            var stream = new GeneratedStream(int.Parse(arrived.Header("x-seed")!, CultureInfo.InvariantCulture));
            context.Response.ContentType = "text/event-stream";
            context.Response.Headers["x-request-id"] = "req-" + arrived.Header("x-seed");
            if (stream.IsCut)
            {
                // It promises more than it keeps.
                context.Response.ContentLength = stream.All.Length + 1000;
            }

            if (stream.IsPacked)
            {
                context.Response.Headers.ContentEncoding = "gzip";
            }

            foreach (var piece in stream.Pieces)
            {
                await context.Response.Body.WriteAsync(piece);
                await context.Response.Body.FlushAsync();
            }
        };
        var wrong = new ConcurrentQueue<string>();
        var keys = Enumerable.Range(0, 8).Select(_ => House.NewKey("streams")).ToArray();
        await House.TeachAsync(keys[0], "Greet first.");
        using var client = new HttpClient(new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.None }) { BaseAddress = House.Address };
        await Parallel.ForEachAsync(Enumerable.Range(first, count), new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (seed, stop) =>
        {
            var expected = new GeneratedStream(seed);
            var path = expected.Protocol switch { 0 => "openai/v1/chat/completions", 1 => "openai/v1/responses", _ => "anthropic/v1/messages" };
            using var request = new HttpRequestMessage(HttpMethod.Post, $"proxy/k/{Uri.EscapeDataString(keys[seed % keys.Length])}/{path}")
            {
                Content = new StringContent("""{"model":"m","stream":true,"max_tokens":9,"messages":[{"role":"user","content":"hi"}],"input":"hi"}""", Encoding.UTF8, "application/json"),
            };
            request.Headers.Add("x-seed", seed.ToString(CultureInfo.InvariantCulture));
            request.Headers.Add("x-session-affinity", $"s{seed % 50}");
            request.Headers.TryAddWithoutValidation("Accept-Encoding", expected.IsPacked ? "gzip" : "identity");
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop);
            using var got = new MemoryStream();
            var wasCut = false;
            try
            {
                await response.Content.CopyToAsync(got, stop);
            }
            catch (HttpRequestException)
            {
                wasCut = true;
            }

            if (wasCut != expected.IsCut || !got.ToArray().AsSpan().SequenceEqual(expected.All) || response.Head("x-request-id") != $"req-{seed}" || (int)response.StatusCode != 200)
            {
                wrong.Enqueue($"seed {seed}: protocol {expected.Protocol}, packed {expected.IsPacked}, cut {expected.IsCut}, was cut {wasCut}, {got.Length} of {expected.All.Length} bytes, {response.Head("x-request-id")}");
            }
        });
        Assert.True(wrong.IsEmpty, $"{wrong.Count} of {count} differ: {string.Join("\n", wrong.Take(5))}");
    }

    [Fact]
    public async Task An_event_passes_before_the_next_one_is_sent()
    {
        var release = new TaskCompletionSource();
        House.Upstream.Answer = async (context, _) =>
        {
            context.Response.ContentType = "text/event-stream";
            await context.Response.WriteAsync("event: ping\ndata: {}\n\n");
            await context.Response.Body.FlushAsync();
            await release.Task;
            await context.Response.WriteAsync("event: message_stop\ndata: {}\n\n");
        };
        using var request = new HttpRequestMessage(HttpMethod.Post, $"proxy/k/{Uri.EscapeDataString(House.NewKey())}/anthropic/v1/messages")
        {
            Content = new StringContent("""{"model":"m","stream":true,"messages":[{"role":"user","content":"hi"}]}"""),
        };
        using var response = await House.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        Assert.Equal("event: ping", await reader.ReadLineAsync());
        release.SetResult();
        Assert.EndsWith("event: message_stop\ndata: {}\n\n", await reader.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_headers_of_a_stream_pass_before_its_first_event()
    {
        var release = new TaskCompletionSource();
        House.Upstream.Answer = async (context, _) =>
        {
            context.Response.ContentType = "text/event-stream";
            await context.Response.StartAsync();
            await context.Response.Body.FlushAsync();
            await release.Task;
            await context.Response.WriteAsync("data: [DONE]\n\n");
        };
        using var request = new HttpRequestMessage(HttpMethod.Post, "proxy/openai/v1/chat/completions") { Content = new StringContent("""{"model":"m","stream":true,"messages":[]}""") };
        using var response = await House.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead).WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.MediaType);
        release.SetResult();
        Assert.Equal("data: [DONE]\n\n", await response.Content.ReadAsStringAsync());
    }
}
