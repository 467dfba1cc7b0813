using Atlas.Configuration;
using Atlas.Grains.Hosting;
using Atlas.Grains.Leases;
using Atlas.Silo.Dashboard;
using Atlas.Silo.Health;
using Atlas.Silo.Models;
using Atlas.Silo.Settings;
using Atlas.Silo.Telemetry;
using Atlas.Storage.Migrations;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Npgsql;

namespace Atlas.Silo.Hosting;

/// <summary>Puts a silo together: Orleans on PostgreSQL, HTTP, health and telemetry.</summary>
internal static class SiloApplication
{
    /// <param name="args">Settings as <c>--Section:Key=value</c>; they win over the environment and <c>appsettings.json</c>.</param>
    /// <param name="replace">Registers services in place of the usual ones.</param>
    public static WebApplication Build(string[] args, Action<IServiceCollection>? replace = null)
    {
        var builder = WebApplication.CreateBuilder(args);
        replace?.Invoke(builder.Services);
        var silo = SettingsReader.Read<SiloSettings>(builder.Configuration, SiloSettings.Section);
        if (silo.Hosting is not SiloHosting.Machine)
        {
            // Of a container and of a pod, the host name is the name.
            silo.Name = Environment.MachineName;
        }

        silo.Membership = SettingsReader.Read<MembershipSettings>(builder.Configuration, MembershipSettings.Section);
        var http = SettingsReader.Read<HttpSettings>(builder.Configuration, HttpSettings.Section);
        var learning = LearningSettings.Read(builder.Configuration);
        var rules = learning.Configuration;
        var database = learning.Database(SettingsReader.ReadDatabaseUrl(builder.Configuration, rules));

        var address = SettingsReader.ReadAddress(http.Address, "Atlas:Http:Address");
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(address, http.Port));
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(30));
        builder.Services.AddSingleton(http);
        builder.Services.AddSingleton(rules);
        builder.Services.TryAddSingleton(new LearningRules(rules.Learning, rules.RuntimeSafety));
        builder.Services.AddSingleton(new ReadLeaseOptions { Seconds = silo.Membership.ReadLeaseSeconds });
        builder.Services.AddAtlasSynthesizer(learning.SynthesizerModel, learning.Configuration.Models);
        builder.Services.AddAtlasJudges(rules);
        builder.Services.AddAtlasGrains(database);
        builder.Services.AddAtlasHealth();
        builder.AddAtlasTelemetry(silo.Name);
        builder.Host.UseOrleans(orleans => orleans.UseAtlas(
            silo, builder.Configuration["Atlas:ClusterId"] ?? "atlas", database));

        var app = builder.Build();
        app.Services.EnsureSynthesizer();
        app.Services.EnsureJudge();
        app.UseDashboardAccess();
        app.MapAtlasHealth();
        app.MapAtlasDashboard();
        app.MapAtlasMetrics();
        return app;
    }

    /// <summary>Brings the database up to date, unless <c>storage.apply_schema_on_connect</c> is false. Several silos may do so at once.</summary>
    public static Task MigrateAsync(this WebApplication app) =>
        app.Services.GetRequiredService<AtlasConfiguration>().Storage is { ApplySchemaOnConnect: false }
            ? Task.CompletedTask
            : MigrationRunner.ApplyAsync(app.Services.GetRequiredService<NpgsqlDataSource>());
}
