using Atlas.Client.Connection;
using Atlas.Contracts;
using Npgsql;

namespace Atlas.Client;

/// <remarks>Access for other parts of Atlas that build on this connection.</remarks>
public sealed partial class AtlasClient
{
    /// <summary>Gets the grains of the cluster, for components that share this connection, such as a proxy hosted outside the silos. Getting
    /// a grain throws <see cref="AtlasUnavailableException"/> while there is no connection.</summary>
    public IGrainFactory Grains => new LinkedGrains(_link);

    /// <summary>Creates a source of connections to the cluster's database, for the same components. The caller disposes of it.</summary>
    /// <returns>The data source; null if the options name gateways and no database.</returns>
    public NpgsqlDataSource? CreateDataSource() => _link.Database?.CreateDataSource();
}
