using Atlas.Grains.Hosting;
using Atlas.Grains.Spending;
using Atlas.Hosting;
using Atlas.Hosting.Alerts;
using Atlas.Hosting.Clustering;
using Atlas.Hosting.Health;
using Atlas.Hosting.Models;
using Atlas.Hosting.Settings;
using Atlas.Hosting.Silo;
using Atlas.Hosting.Telemetry;
using Atlas.Http;
using Atlas.Learning.Options;
using Atlas.Models.Providers;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.Hosting;

/// <summary>Adds an Atlas silo to an application.</summary>
public static class AtlasSiloHostExtensions
{
    /// <summary>Adds a silo: Orleans on PostgreSQL, the grains of Atlas, health checks and telemetry. When the application starts, the silo
    /// updates the database schema and joins its cluster.</summary>
    /// <remarks>
    /// <para>Reads <c>ATLAS_DATABASE_URL</c>, <c>ATLAS_CONFIG</c>, <c>Atlas:ClusterId</c>, <c>Atlas:Secret</c>, <c>Atlas:SecondSecret</c>,
    /// <c>Atlas:SecretFile</c> and the sections <c>Atlas:Silo</c>, <c>Atlas:Silo:Membership</c>, <c>Atlas:Tls</c>, <c>Atlas:Http</c> and
    /// <c>Atlas:Api</c> of the application's configuration.</para>
    /// <para>Services that are already registered are kept, such as a clock or a custom judge or synthesizer.</para>
    /// </remarks>
    /// <param name="builder">The application.</param>
    /// <param name="configure">Changes the configured settings of this silo; null to use them unchanged.</param>
    /// <returns>A builder for further configuration, such as custom judges and synthesizers.</returns>
    /// <exception cref="AtlasSettingsException">A setting is missing or out of range; the message says which and what would be right.</exception>
    /// <exception cref="Atlas.Configuration.Checking.AtlasConfigurationException">The learning configuration has errors.</exception>
    /// <exception cref="InvalidOperationException">The application is already a silo.</exception>
    public static AtlasSiloBuilder AddAtlasSilo(this WebApplicationBuilder builder, Action<SiloSettings>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (builder.Services.Any(service => service.ServiceType == typeof(SiloStartup)))
        {
            throw new InvalidOperationException("AddAtlasSilo was called twice. An application can host only one silo.");
        }

        var silo = SettingsReader.Read(builder.Configuration, SiloSettings.Section, configure);
        SettingsReader.Demand(silo.Membership);
        if (silo.Hosting is not SiloHosting.Machine)
        {
            // A container or pod is named by its host name.
            silo.Name = Environment.MachineName;
        }

        var http = SettingsReader.Read<HttpSettings>(builder.Configuration, HttpSettings.Section);
        var secret = SecretSettings.Read(builder.Configuration);
        var learning = LearningSettings.Read(builder.Configuration);
        var rules = learning.Configuration;
        var database = learning.Database(SettingsReader.ReadDatabaseUrl(builder.Configuration, rules));

        var address = SettingsReader.ReadAddress(http.Address, "Atlas:Http:Address");
        var identity = TlsSetup.Read(builder.Configuration);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(address, http.Port, listen => listen.UseAtlasTls(identity)));
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(30));
        builder.Services.TryAddSingleton(Options.Options.Create(silo));
        builder.Services.TryAddSingleton(Options.Options.Create(http));
        builder.Services.TryAddSingleton(secret);
        builder.Services.TryAddSingleton(rules);
        builder.Services.TryAddSingleton(new LearningRules(rules.Learning, rules.RuntimeSafety));
        builder.Services.TryAddSingleton(silo.ReadLease());
        builder.Services.TryAddSingleton(learning.Retention);
        builder.Services.TryAddSingleton(SiloStartup.Of);
        builder.Services.AddHostedService(services => services.GetRequiredService<SiloStartup>());
        builder.Services.AddAtlasSynthesizer(learning.SynthesizerModel, rules.Models);
        builder.Services.AddAtlasJudges(rules);
        builder.Services.AddAtlasEmbeddings(rules.Learning.Meaning);
        builder.Services.TryAddSingleton(_ => new ChatClientFactory(ChatClientFactoryOptions.Of(rules.Models)));
        builder.Services.TryAddSingleton(services => new SiloModels(services.GetRequiredService<ChatClientFactory>(), services.GetRequiredService<ModelSpending>()));
        builder.Services.AddAtlasAlerts(rules.Alerts);
        builder.Services.AddAtlasGrains(database);
        builder.Services.AddAtlasIdentity(secret.Secret);
        builder.Services.AddAtlasHealth();
        builder.Services.TryAddSingleton(Options.Options.Create(SettingsReader.Read<AtlasHttpOptions>(builder.Configuration, AtlasHttpOptions.Section)));
        builder.Services.AddAtlasHttp();
        builder.Services.AddAtlasProxy(rules.Proxy, rules.Learning.UsageTracking);
        builder.Services.AddAtlasConsole();
        builder.AddAtlasTelemetry(silo.Name);
        QuietLog.AddTo(builder.Services);
        builder.Services.AddHostedService<LogFiles>();
        builder.Host.UseOrleans(orleans => orleans.UseAtlas(silo, builder.Configuration["Atlas:ClusterId"] ?? "atlas").UseAtlasTls(identity));
        return new AtlasSiloBuilder(builder.Services, builder.Configuration);
    }
}
