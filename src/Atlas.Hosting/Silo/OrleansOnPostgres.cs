using Atlas.Database;
using Atlas.Grains.LearningKeys;
using Atlas.Hosting.Clustering;
using Atlas.Hosting.Persistence;
using Atlas.Hosting.Settings;
using Npgsql;
using Orleans.Configuration;
using Orleans.Dashboard;

namespace Atlas.Hosting.Silo;

/// <summary>Configures Orleans on one PostgreSQL database: membership, grain state and reminders.</summary>
internal static class OrleansOnPostgres
{
    private const string Provider = "Npgsql";

    public static ISiloBuilder UseAtlas(this ISiloBuilder orleans, SiloSettings settings, string clusterId)
    {
        orleans.Services.AddKeyedSingleton(GrainStorageSetup.Source, (services, _) => services.GetRequiredService<AtlasDatabase>().CreateOrleansDataSource());
        orleans.Place(settings);
        orleans
            .Configure<ClusterOptions>(cluster => cluster.ClusterId = cluster.ServiceId = clusterId)
            .Configure<ClusterMembershipOptions>(settings.Membership.Apply)
            .Configure<GrainDirectoryOptions>(settings.Membership.Apply)

            // Every key in use takes memory. When memory runs short, keys that were not used lately are deactivated; they stay in the database.
            .Configure<GrainCollectionOptions>(collection => collection.EnableActivationSheddingOnMemoryPressure = true)
            .UseAdoNetClustering(clustering => clustering.Configure<IServiceProvider>((options, services) =>
            {
                options.Invariant = Provider;
                options.DataSource = services.GetRequiredKeyedService<NpgsqlDataSource>(GrainStorageSetup.Source);
            }))
            .AddAtlasGrainStorage(LearningKeyStorage.Name, settings.GrainStorage)
            .UseAdoNetReminderService(reminders => reminders.Configure<IServiceProvider>((options, services) =>
            {
                options.Invariant = Provider;
                options.DataSource = services.GetRequiredKeyedService<NpgsqlDataSource>(GrainStorageSetup.Source);
            }))
            .AddActivityPropagation()
            .AddDashboard();

        // Keeps one activation per key while silos come and go, and waits before it moves those of a dead silo. The default directory can
        // briefly have two, one of which answers from outdated memory.
#pragma warning disable ORLEANSEXP003 // Opt-in as long as Orleans calls it experimental.
        orleans.AddDistributedGrainDirectory();
#pragma warning restore ORLEANSEXP003
        return orleans;
    }

    private static void Place(this ISiloBuilder orleans, SiloSettings settings)
    {
        if (settings.Hosting is SiloHosting.Kubernetes)
        {
            orleans.UseKubernetesHosting().Configure<EndpointOptions>(endpoints =>
            {
                (endpoints.SiloPort, endpoints.GatewayPort) = (settings.Port, settings.GatewayPort);

                // Set here, because Orleans takes the first address of the machine before its package looks at the pod's.
                if (OwnAddress.OfPod() is { } address)
                {
                    endpoints.AdvertisedIPAddress = address;
                }
            });
            return;
        }

        var address = settings.Hosting is SiloHosting.Container
            ? OwnAddress.Find()
            : SettingsReader.ReadAddress(settings.Address, "Atlas:Silo:Address");
        orleans
            .Configure<SiloOptions>(silo => silo.SiloName = settings.Name)
            .ConfigureEndpoints(address, settings.Port, settings.GatewayPort, listenOnAnyHostAddress: false);
    }
}
