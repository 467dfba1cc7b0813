using Atlas.Grains.Hosting;
using Atlas.Silo.Persistence;
using Atlas.Silo.Settings;
using Atlas.Storage.Connection;
using Orleans.Configuration;
using Orleans.Dashboard;

namespace Atlas.Silo.Hosting;

/// <summary>Sets Orleans up on one PostgreSQL database: membership, grain state and reminders.</summary>
internal static class OrleansOnPostgres
{
    private const string Provider = "Npgsql";

    public static void UseAtlas(this ISiloBuilder orleans, SiloSettings settings, string clusterId, AtlasDatabase database)
    {
        var source = database.CreateOrleansDataSource();
        var address = SettingsReader.ReadAddress(settings.Address, "Atlas:Silo:Address");
        orleans
            .Configure<ClusterOptions>(cluster => cluster.ClusterId = cluster.ServiceId = clusterId)
            .Configure<SiloOptions>(silo => silo.SiloName = settings.Name)
            .ConfigureEndpoints(address, settings.Port, settings.GatewayPort, listenOnAnyHostAddress: false)
            .UseAdoNetClustering(options =>
            {
                options.Invariant = Provider;
                options.DataSource = source;
            })
            .AddAtlasGrainStorage(AtlasGrainsServices.StorageName, settings.GrainStorage, source)
            .UseAdoNetReminderService(options =>
            {
                options.Invariant = Provider;
                options.DataSource = source;
            })
            .AddActivityPropagation()
            .AddDashboard();
    }
}
