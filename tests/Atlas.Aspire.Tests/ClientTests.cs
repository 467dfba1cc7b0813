using Atlas.Client;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using Xunit;

namespace Atlas.Aspire.Tests;

/// <summary>What <c>AddAtlasClient(name)</c> makes of the connection string that an application host gives.</summary>
public sealed class ClientTests
{
    private const string Database = "Host=127.0.0.1;Port=5432;Username=atlas;Password=secret;Database=learning";

    [Fact]
    public void The_connection_string_names_the_database()
    {
        using var host = Build("shop-learning", Database);

        var client = Settings(host);
        Assert.Equal(Database, client.DatabaseUrl);
        Assert.Equal("atlas", client.ClusterId);
    }

    [Theory]
    [InlineData(Database)]
    [InlineData("postgresql://atlas:secret@127.0.0.1:5432/learning")]
    public void The_connection_string_may_name_the_cluster_too(string database)
    {
        using var host = Build("atlas", $"{database};ClusterId=shop");

        var client = Settings(host);
        Assert.Equal(database, client.DatabaseUrl);
        Assert.Equal("shop", client.ClusterId);
    }

    [Fact]
    public void Without_a_connection_string_it_says_where_one_comes_from()
    {
        var failure = Assert.Throws<InvalidOperationException>(() => Build("atlas", null));

        Assert.Contains("ConnectionStrings__atlas", failure.Message, StringComparison.Ordinal);
        Assert.Contains("WithReference", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 0)]
    public void The_health_check_is_there_unless_it_is_disabled(bool disabled, int checks)
    {
        using var host = Build("atlas", Database, client => client.DisableHealthChecks = disabled);

        var registered = host.Services.GetRequiredService<IOptions<HealthCheckServiceOptions>>().Value.Registrations;
        Assert.Equal(checks, registered.Count(check => check.Name == "atlas"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Traces_and_metrics_are_listened_to_unless_they_are_disabled(bool disabled)
    {
        using var host = Build("atlas", Database, client => (client.DisableTracing, client.DisableMetrics) = (disabled, disabled));

        // The provider listens from the moment it is made.
        Assert.NotNull(host.Services.GetRequiredService<TracerProvider>());
        Assert.NotNull(host.Services.GetRequiredService<MeterProvider>());
        using var source = new System.Diagnostics.ActivitySource("Atlas.Client");
        using var meter = new System.Diagnostics.Metrics.Meter("Atlas.Client");
        Assert.Equal(!disabled, source.HasListeners());
        Assert.Equal(!disabled, meter.CreateCounter<long>("probe").Enabled);
    }

    private static IHost Build(string name, string? connection, Action<AtlasClientOptions>? configure = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection([new($"ConnectionStrings:{name}", connection)]);
        builder.AddAtlasClient(name, configure);
        builder.Services.ConfigureOpenTelemetryMeterProvider(metrics => metrics.AddReader(new Listener()));
        return builder.Build();
    }

    private static AtlasClientOptions Settings(IHost host) => host.Services.GetRequiredService<IOptions<AtlasClientOptions>>().Value;

    /// <summary>Without a reader, metrics are not listened to.</summary>
    private sealed class Listener : MetricReader;
}
