using System.Globalization;
using Atlas.Configuration.Proxying;
using Atlas.Proxy.Tests.Harness;
using Atlas.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Atlas.Proxy.Tests.Sessions;

/// <summary>The proxy in a host that is no silo: an application with a client of Atlas.</summary>
public sealed class OwnHostTests(SharedHouse shared) : IClassFixture<SharedHouse>
{
    private House House => shared.House;

    [Fact]
    public async Task An_application_with_a_client_of_Atlas_is_a_proxy()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePorts.Find(1)[0]}"));
        builder.AddAtlasClient(client => client.DatabaseUrl = House.Database.Address);
        builder.Services.AddAtlasProxy(new ProxyOptions
        {
            PatienceSeconds = 20,
            Upstreams = new ProxyOptions().Upstreams.Add("openai", new UpstreamOptions { BaseUrl = House.Upstream.Address }),
        });
        await using var app = builder.Build();
        app.MapAtlasProxy();
        await app.StartAsync();
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.First()), Timeout = TimeSpan.FromSeconds(60) };

        var key = House.NewKey();
        await House.TeachAsync(key, "Check the date first.");
        House.Upstream.Answer = (context, _) => Replies.Chat("Done.", "chatcmpl-own-host")(context);
        string? session = null;
        await Eventually.TrueAsync(
            async () =>
            {
                // It lets calls pass before its cluster is connected.
                using var answer = await House.SendAsync(
                    client, $"proxy/k/{Uri.EscapeDataString(key)}/openai/v1/chat/completions", """{"model":"m","messages":[{"role":"user","content":"hi"}]}""",
                    ("x-session-affinity", Guid.NewGuid().ToString()));
                await answer.TextAsync();
                session = answer.Head("x-atlas-degraded") is null ? answer.Head("x-atlas-session-id") : null;
                return session is not null;
            },
            TimeSpan.FromSeconds(60), "the cluster is connected");
        Assert.Contains("Check the date first.", House.Upstream.Last.Text, StringComparison.Ordinal);

        // The outcome comes in at a silo, and what the call said is still in the other host's memory.
        using var rewarded = await House.PostAsync($"v1/sessions/{session}/reward", """{"score":1}""");
        await rewarded.TextAsync();
        Assert.Single(await House.EventsAsync(session!, "model_call"));
        Assert.Equal("Done.", (await House.SessionAsync(session!)).GetProperty("final_answer").GetString());
    }
}
