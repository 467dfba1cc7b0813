using Atlas.Client;
using Atlas.Cluster.Network;
using Atlas.Database;
using Atlas.Identity;
using Atlas.Postgres;
using Atlas.Testing;
using Npgsql;

namespace Atlas.Cluster.Processes;

/// <summary>Real silos over a PostgreSQL of their own, and what is needed to do them harm.</summary>
internal sealed class SiloCluster : IAsyncDisposable
{
    private readonly string _folder;
    private readonly Dictionary<string, string> _settings;
    private readonly List<SiloProcess> _silos = [];
    private readonly ClusterSecret? _secret;

    private SiloCluster(string folder, PrivatePostgres postgres, string address, Dictionary<string, string> settings, ClusterSecret? secret)
    {
        (_folder, Postgres, Address, _settings, _secret) = (folder, postgres, address, settings, secret);
        Database = AtlasDatabase.Parse(address, new AtlasDatabaseOptions { MaxConnections = 8, ApplicationName = "atlas-test" }).CreateDataSource();
    }

    public PrivatePostgres Postgres { get; }

    public string Address { get; }

    public NpgsqlDataSource Database { get; }

    /// <summary>The silos; after a kill the entry stays until the silo is started again.</summary>
    public IReadOnlyList<SiloProcess> Silos => _silos;

    /// <param name="silos">How many silos.</param>
    /// <param name="settings">Environment of the silos beside the usual one.</param>
    /// <param name="postgresFolder">Where PostgreSQL keeps its data; null for a temporary folder.</param>
    /// <param name="lan">A network with the hosts <c>database</c>, <c>silo-1</c> and so on; null for this machine's loopback.</param>
    public static async Task<SiloCluster> StartAsync(
        int silos, IReadOnlyDictionary<string, string>? settings = null, string? postgresFolder = null, Lan? lan = null)
    {
        var folder = Directory.CreateTempSubdirectory("atlas-cluster-").FullName;
        var options = new PrivatePostgresOptions
        {
            Directory = postgresFolder ?? Path.Combine(folder, "postgres"),
            // Processes die here, not the machine: the kernel keeps what was written, so nothing needs to reach the disk.
            Settings = new Dictionary<string, string>(Settings.NotDurable) { ["synchronous_commit"] = "on", ["max_wal_size"] = "64MB" },
        };
        var (postgres, address) = lan is null ? await StartAsync(options) : await LanPostgres.StartAsync(options, lan[Lan.Database]);

        // Beyond its own machine no silo listens without.
        var secret = lan is null ? null : ClusterSecret.Random();
        var cluster = new SiloCluster(
            folder,
            postgres,
            address,
            new Dictionary<string, string>(settings ?? new Dictionary<string, string>())
            {
                ["Logging__LogLevel__Orleans"] = "Warning",

                // A review would keep the sessions of the load from teaching.
                ["Atlas__RuntimeSafety__Review__RequireApproval"] = "false",
            },
            secret is null ? null : ClusterSecret.Of(secret));
        if (secret is not null)
        {
            (cluster._settings["Atlas__Secret"], cluster._settings["Atlas__Api__AdminKey"]) = (secret, secret);
        }

        try
        {
            var ports = FreePorts.Find(3 * silos);
            for (var number = 0; number < silos; number++)
            {
                var name = $"silo-{number + 1}";
                var spec = new SiloSpec(name, ports[3 * number], ports[(3 * number) + 1], ports[(3 * number) + 2], lan?[name]);
                cluster._silos.Add(cluster.Launch(spec));
                if (number == 0)
                {
                    await cluster._silos[0].ServesAsync();
                }
            }

            await Task.WhenAll(cluster._silos.Select(silo => silo.ServesAsync()));
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    public Task<IAtlasClient> ConnectAsync(TimeSpan? responseTimeout = null, TimeSpan? retryFor = null) =>
        AtlasClient.ConnectAsync(new AtlasClientOptions
        {
            DatabaseUrl = Address,
            Credential = _secret?.Issue("admin", "load").Reveal(),
            ResponseTimeout = responseTimeout ?? TimeSpan.FromSeconds(10),
            RetryFor = retryFor ?? TimeSpan.FromSeconds(60),
        });

    /// <summary>A client of one silo only.</summary>
    public Task<DirectGateway> ConnectAsync(SiloSpec silo, TimeSpan? responseTimeout = null) =>
        DirectGateway.ConnectAsync(silo, _secret?.Issue("admin", "direct"), responseTimeout);

    /// <summary>Starts a silo that has ended at its old place, and returns when it serves.</summary>
    public async Task<SiloProcess> StartAgainAsync(SiloProcess ended)
    {
        var at = _silos.IndexOf(ended);
        ended.Dispose();
        return await (_silos[at] = Launch(ended.Spec)).ServesAsync();
    }

    public async Task<T> ScalarAsync<T>(string sql, params object[] parameters)
    {
        await using var command = Database.CreateCommand(sql);
        foreach (var value in parameters)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        return (T)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>The state of the newest run of a silo in the membership table; 6 is dead.</summary>
    public Task<int> MembershipAsync(SiloProcess silo) => ScalarAsync<int>(
        "SELECT status FROM orleans.cluster_member WHERE silo_name = $1 ORDER BY generation DESC LIMIT 1", silo.Spec.Name);

    public async ValueTask DisposeAsync()
    {
        foreach (var silo in _silos)
        {
            silo.Dispose();
        }

        await Database.DisposeAsync();
        await Postgres.StopAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static async Task<(PrivatePostgres Server, string Address)> StartAsync(PrivatePostgresOptions options)
    {
        var postgres = new PrivatePostgres(options);
        return (postgres, (await postgres.StartAsync()).Address!);
    }

    private SiloProcess Launch(SiloSpec spec) => SiloProcess.Start(spec, Address, _folder, _settings);
}
