using Atlas.Learning.Playbooks;
using System.Text.Json;
using Atlas.Client.Tests.Harness;
using Atlas.Contracts;
using Atlas.Grains.Tests.Cluster;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Xunit;

namespace Atlas.Client.Tests.Hosting;

public sealed class AddAtlasClientTests
{
    [Fact]
    public async Task An_application_is_given_clients_of_two_clusters_from_its_configuration()
    {
        await using var first = await TestCluster.StartAsync();
        await using var second = await TestCluster.StartAsync();
        await second.Client.ImportAsync("a/key", PlaybookDocument.Import(Playbooks.Exported("Look first.")), new("operator", "to begin with"));
        using var host = Application(
            builder => builder.AddAtlasClient().AddKeyedAtlasClient("second"),
            ("Atlas:Client:DatabaseUrl", first.Database.Address), ("ConnectionStrings:second", second.Database.Address));
        await host.StartAsync();

        var plain = await host.Services.GetRequiredService<IAtlasClient>().ResolveAsync("a/key");
        var keyed = await host.Services.GetRequiredKeyedService<IAtlasClient>("second").ResolveAsync("a/key");

        Assert.Equal((0, 1), (plain.Version, keyed.Version));
        var health = await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync();
        Assert.Equal((HealthStatus.Healthy, 2), (health.Status, health.Entries.Count));
        await host.StopAsync();
    }

    [Fact]
    public async Task An_application_starts_without_its_cluster_and_its_health_says_what_is_missing()
    {
        using var host = Application(builder => builder.AddAtlasClient(), ("Atlas:Client:DatabaseUrl", "postgresql://atlas:pw@127.0.0.1:1/atlas"));
        await host.StartAsync();

        var health = await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync();

        Assert.Equal(HealthStatus.Unhealthy, health.Status);
        Assert.Contains("nothing listens there", health.Entries["atlas"].Description, StringComparison.Ordinal);
        await Assert.ThrowsAsync<AtlasUnavailableException>(
            () => host.Services.GetRequiredService<IAtlasClient>().ResolveAsync("a/key"));
        await host.StopAsync();
    }

    [Fact]
    public async Task An_option_out_of_bounds_is_told_at_the_start()
    {
        using var host = Application(
            builder => builder.AddAtlasClient(),
            ("Atlas:Client:DatabaseUrl", "postgresql://127.0.0.1:1/atlas"), ("Atlas:Client:RetryFor", "2.00:00:00"));

        await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());
    }

    [Fact]
    public async Task A_chat_takes_the_client_of_the_application()
    {
        await using var cluster = await TestCluster.StartAsync();
        using var model = new ScriptedChatClient();
        using var host = Application(
            builder =>
            {
                builder.AddAtlasClient();
                builder.Services.AddChatClient(model)
                    .UseAtlas(services => services.GetRequiredService<IAtlasClient>(), options => options.CacheOnDisk = false);
            },
            ("Atlas:Client:DatabaseUrl", cluster.Database.Address));
        await host.StartAsync();

        await using var session = await host.Services.GetRequiredService<IChatClient>().StartAtlasSessionAsync("Where is order 1042?");

        Assert.True(session.IsRecorded);
        await host.StopAsync();
    }

    private static IHost Application(Action<HostApplicationBuilder> configure, params (string Key, string Value)[] settings)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)));
        builder.Services.Configure<AtlasClientOptions>(options => options.CacheOnDisk = false);
        configure(builder);
        return builder.Build();
    }
}
