using Atlas.Hosting.Settings;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Orleans.Hosting.Kubernetes;
using Xunit;

namespace Atlas.Cluster.Deployment;

/// <summary>What the silo really reads, maps and allows itself, asked of its own code.</summary>
internal static class SiloFacts
{
    private const string Database = "postgresql://atlas:atlas@127.0.0.1:1/atlas";

    private static readonly string[] OtherVariables =
    [
        "ATLAS_DATABASE_URL", "ATLAS_CONFIG", "DOTNET_gcServer", "Atlas__Secret",
        KubernetesHostingOptions.PodNameEnvironmentVariable,
        KubernetesHostingOptions.PodNamespaceEnvironmentVariable,
        KubernetesHostingOptions.PodIPEnvironmentVariable,
    ];

    /// <summary>The ports of a silo that is told nothing: health, silos, clients.</summary>
    public static int[] Ports { get; } = [new HttpSettings().Port, new SiloSettings().Port, new SiloSettings().GatewayPort];

    /// <summary>A silo that is put together and not started.</summary>
    public static WebApplication Build(params string[] settings)
    {
        var builder = WebApplication.CreateBuilder([$"--ATLAS_DATABASE_URL={Database}", "--Logging:LogLevel:Default=None", .. settings]);
        builder.AddAtlasSilo();
        var app = builder.Build();
        app.MapAtlas();
        return app;
    }

    /// <summary>The paths that it serves.</summary>
    public static IReadOnlyList<string?> Paths(WebApplication silo) =>
        [.. ((IEndpointRouteBuilder)silo).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>().Select(endpoint => endpoint.RoutePattern.RawText)];

    /// <summary>How long it takes at most to end in good order.</summary>
    public static TimeSpan LongestStop(WebApplication silo) => silo.Services.GetRequiredService<IOptions<HostOptions>>().Value.ShutdownTimeout;

    /// <summary>Demands that the silo knows every variable, and can start with every value.</summary>
    public static void DemandEnvironment(IReadOnlyDictionary<string, string?> variables)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(variables.Select(pair => KeyValuePair.Create(pair.Key.Replace("__", ":", StringComparison.Ordinal), pair.Value)))
            .Build();

        // Each throws for a name that it does not know and for a value that is out of bounds.
        SettingsReader.Read<SiloSettings>(configuration, SiloSettings.Section);
        SettingsReader.Read<MembershipSettings>(configuration, MembershipSettings.Section);
        SettingsReader.Read<HttpSettings>(configuration, HttpSettings.Section);
        Assert.All(variables.Keys, name => Assert.True(
            name.StartsWith("Atlas__Silo__", StringComparison.Ordinal)
            || name.StartsWith("Atlas__Http__", StringComparison.Ordinal)
            || name.StartsWith("Atlas__Api__", StringComparison.Ordinal)
            || name == "Atlas__ClusterId"
            || OtherVariables.Contains(name),
            $"{name} is no variable that a silo reads."));
    }
}
