using Atlas.Hosting.Health;
using Atlas.Hosting.Settings;
using Atlas.Storage.GrainStates;
using Microsoft.Extensions.Options;
using Npgsql;
using Orleans.Configuration;
using Orleans.Runtime.Hosting;
using Orleans.Serialization.Serializers;
using Orleans.Storage;

namespace Atlas.Hosting.Persistence;

/// <summary>Selects how grain states are written. Both ways use the same rows, so a silo can switch between them.</summary>
internal static class GrainStorageSetup
{
    /// <summary>The service key of the connections for the Orleans providers.</summary>
    public const string Source = "orleans";

    /// <param name="orleans">The silo.</param>
    /// <param name="name">The name of the storage.</param>
    /// <param name="kind">One of <see cref="GrainStorageKind"/>.</param>
    public static ISiloBuilder AddAtlasGrainStorage(this ISiloBuilder orleans, string name, string kind)
    {
        if (kind == GrainStorageKind.AdoNet)
        {
            var inner = $"{name}-adonet";
            orleans.Services.AddGrainStorage(
                name, (services, _) => new GuardedGrainStorage(services.GetRequiredKeyedService<IGrainStorage>(inner), services.GetService<SiloGuard>()));
            return orleans.AddAdoNetGrainStorage(inner, storage => storage.Configure<IServiceProvider>((options, services) =>
            {
                options.Invariant = "Npgsql";
                options.DataSource = services.GetRequiredKeyedService<NpgsqlDataSource>(Source);
                options.GrainStorageSerializer = new JsonGrainStorageSerializer();
            }));
        }

        orleans.Services.AddGrainStorage(name, (services, key) => new GroupedGrainStorage(
            key,
            new GrainStateStore(services.GetRequiredKeyedService<NpgsqlDataSource>(Source), services.GetRequiredService<IOptions<ClusterOptions>>().Value.ServiceId),
            new JsonGrainStorageSerializer(),
            services.GetRequiredService<IActivatorProvider>(),
            services.GetService<SiloGuard>()));
        return orleans;
    }
}
