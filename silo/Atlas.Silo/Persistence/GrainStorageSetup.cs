using Atlas.Silo.Settings;
using Atlas.Storage.GrainStates;
using Microsoft.Extensions.Options;
using Npgsql;
using Orleans.Configuration;
using Orleans.Runtime.Hosting;
using Orleans.Serialization.Serializers;
using Orleans.Storage;

namespace Atlas.Silo.Persistence;

/// <summary>Chooses how grain states are written. Both ways use the same rows, so a silo may change from one to the other.</summary>
internal static class GrainStorageSetup
{
    /// <param name="orleans">The silo.</param>
    /// <param name="name">Name of the storage.</param>
    /// <param name="kind">One of <see cref="GrainStorageKind"/>.</param>
    /// <param name="source">The database, with Orleans' queries on its search path.</param>
    public static ISiloBuilder AddAtlasGrainStorage(this ISiloBuilder orleans, string name, string kind, NpgsqlDataSource source)
    {
        if (kind == GrainStorageKind.AdoNet)
        {
            var inner = $"{name}-adonet";
            orleans.Services.AddGrainStorage(
                name, (services, _) => new GuardedGrainStorage(services.GetRequiredKeyedService<IGrainStorage>(inner)));
            return orleans.AddAdoNetGrainStorage(inner, options =>
            {
                options.Invariant = "Npgsql";
                options.DataSource = source;
                options.GrainStorageSerializer = new JsonGrainStorageSerializer();
            });
        }

        orleans.Services.AddGrainStorage(name, (services, key) => new GroupedGrainStorage(
            key,
            new GrainStateStore(source, services.GetRequiredService<IOptions<ClusterOptions>>().Value.ServiceId),
            new JsonGrainStorageSerializer(),
            services.GetRequiredService<IActivatorProvider>()));
        return orleans;
    }
}
