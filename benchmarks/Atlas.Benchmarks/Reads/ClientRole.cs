using System.Globalization;
using System.Text.Json;
using Atlas.Benchmarks.Harness;
using Atlas.Client;
using Atlas.Contracts.Playbooks;
using Atlas.Database;
using Atlas.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;

namespace Atlas.Benchmarks.Reads;

/// <summary>Runs this program as a client: it reads orders from standard input until that ends.</summary>
internal static class ClientRole
{
    public const string Argument = "--as-client-of";
    public const string Ready = "ready";

    public static async Task<int> RunAsync(string databaseUrl)
    {
        await using var client = await AtlasClient.ConnectAsync(new AtlasClientOptions { DatabaseUrl = databaseUrl });
        using var host = await ConnectAsync(databaseUrl);
        var grains = host.Services.GetRequiredService<IClusterClient>();
        await Console.Out.WriteLineAsync(Ready);
        while (await Console.In.ReadLineAsync() is { } line)
        {
            var order = JsonSerializer.Deserialize<ReadOrder>(line)!;
            var bare = grains.GetGrain<IBareGrain>(order.Key);
            Func<Task> read = order.What switch
            {
                "bare" => async () => GC.KeepAlive(await bare.Get()),
                "relaxed" => async () => GC.KeepAlive(await client.ResolveAsync(order.Key, PlaybookFreshness.Relaxed)),
                _ => async () => GC.KeepAlive(await client.ResolveAsync(order.Key)),
            };
            var rate = await Throughput.Of(order.What, order.Callers, _ => read()).RateAsync(TimeSpan.FromSeconds(order.Seconds), default);
            await Console.Out.WriteLineAsync(rate.ToString(CultureInfo.InvariantCulture));
        }

        return 0;
    }

    // For the bare grain, there is nothing between the caller and the Orleans client.
    private static async Task<IHost> ConnectAsync(string databaseUrl)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        builder.UseOrleansClient(client =>
        {
            client
                .Configure<ClusterOptions>(cluster => cluster.ClusterId = cluster.ServiceId = "atlas")
                .UseAdoNetClustering(clustering =>
                {
                    clustering.Invariant = "Npgsql";
                    clustering.DataSource = AtlasDatabase.Parse(databaseUrl).CreateOrleansDataSource();
                });
            if (Environment.GetEnvironmentVariable(AtlasCredential.Variable) is { Length: > 0 } credential)
            {
                client.UseAtlasCredential(AtlasCredential.Parse(credential));
            }
        });
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }
}
