using System.Text.Json;
using Atlas.Http.Tests.Door;
using Atlas.Http.Tests.Harness;
using Atlas.Testing;
using ModelContextProtocol.Client;
using Xunit;

namespace Atlas.Http.Tests.Mcp;

/// <summary>One conversation whose requests go to three silos in turn, while one of them is killed.</summary>
public sealed class ManySilosTests : IAsyncLifetime
{
    private TestDatabase _database = null!;

    public async ValueTask InitializeAsync() => _database = await TestDatabase.CreateAsync();

    public async ValueTask DisposeAsync() => await _database.DisposeAsync();

    [Fact]
    public async Task A_conversation_over_three_silos_goes_on_when_one_is_killed()
    {
        await using var first = await SiloProcess.StartAsync(_database.Address);
        var others = await Task.WhenAll(SiloProcess.StartAsync(_database.Address), SiloProcess.StartAsync(_database.Address));
        await using var second = others[0];
        await using var third = others[1];
        using var http = new HttpClient(new InTurn([first, second, third]));
        await using var client = await McpClient.CreateAsync(new HttpClientTransport(
            new HttpClientTransportOptions { Endpoint = new Uri(first.Http.BaseAddress!, "mcp"), TransportMode = HttpTransportMode.StreamableHttp }, http));
        var key = Api.NewKey("mcp");
        var id = (await CallAsync(client, "start_session", new() { ["task"] = "t", ["learning_key"] = key })).Number("session_id");
        for (var n = 0; n < 30; n++)
        {
            if (n == 10)
            {
                second.Kill();
            }

            var recorded = await CallAsync(client, "record_events", new() { ["session_id"] = id, ["events"] = new object[] { new { n } } });
            Assert.Equal(n + 1, recorded.Number("next_sequence"));
            Assert.Equal(0, (await CallAsync(client, "get_playbook", new() { ["learning_key"] = $"{key}/{n}" })).Number("version"));
        }

        Assert.Equal("succeeded", (await CallAsync(client, "report_outcome", new() { ["session_id"] = id, ["succeeded"] = true })).Text("status"));
        Assert.Equal(30, await _database.ScalarAsync<long>("SELECT count(*) FROM trajectory_events"));
    }

    private static async Task<JsonElement> CallAsync(McpClient client, string tool, Dictionary<string, object?> arguments)
    {
        var result = await client.CallToolAsync(tool, arguments);
        Assert.False(result.IsError is true, JsonSerializer.Serialize(result));
        return JsonElement.Parse(JsonSerializer.Serialize(result.StructuredContent));
    }

    /// <summary>Sends each request to the next silo, as a load balancer does, and to another one where nobody listens any more.</summary>
    private sealed class InTurn(SiloProcess[] silos) : DelegatingHandler(new SocketsHttpHandler())
    {
        private int _turn;

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            for (var attempt = 1; ; attempt++)
            {
                var silo = silos[Interlocked.Increment(ref _turn) % silos.Length];
                request.RequestUri = new Uri(silo.Http.BaseAddress!, request.RequestUri!.PathAndQuery);
                try
                {
                    return await base.SendAsync(request, cancellationToken);
                }
                catch (HttpRequestException) when (attempt < silos.Length)
                {
                }
            }
        }
    }
}
