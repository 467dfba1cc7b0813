using Atlas.Client;
using Atlas.Cluster.Processes;
using Atlas.Contracts;
using Atlas.Contracts.Sessions;
using Atlas.Identity;
using Atlas.Testing;
using Xunit;

namespace Atlas.Cluster.Faults;

/// <summary>The secret of a running cluster is replaced by three rolling restarts, as <c>docs/security.md</c> says.</summary>
public sealed class SecretRotationTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("atlas-rotation-").FullName;
    private readonly List<SiloProcess> _silos = [];
    private TestDatabase _database = null!;

    public async ValueTask InitializeAsync() => _database = await TestDatabase.CreateAsync();

    public async ValueTask DisposeAsync()
    {
        _silos.ForEach(silo => silo.Dispose());
        await _database.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_secret_is_replaced_by_rolling_restarts_and_no_client_is_locked_out_before_the_last()
    {
        var (old, fresh) = (ClusterSecret.Random(), ClusterSecret.Random());
        var ports = FreePorts.Find(6);
        for (var number = 0; number < 2; number++)
        {
            _silos.Add(await Launch(new SiloSpec($"silo-{number + 1}", ports[3 * number], ports[(3 * number) + 1], ports[(3 * number) + 2]), old, null).ServesAsync());
        }

        await using var client = await ConnectAsync(old);
        await RunAsync(client);

        await RestartAsync(old, fresh);
        await RunAsync(client);
        await RestartAsync(fresh, old);
        await RunAsync(client);
        await using var renewed = await ConnectAsync(fresh);
        await RunAsync(renewed);
        await RestartAsync(fresh, null);
        await RunAsync(renewed);

        await Assert.ThrowsAsync<AtlasRefusedException>(() => ConnectAsync(old));
        Assert.Equal(5, await _database.ScalarAsync<long>("SELECT count(*) FROM sessions WHERE status = 'succeeded'"));
    }

    // One after the other: the other silo and the clients go on meanwhile, with the secret that both know.
    private async Task RestartAsync(string secret, string? second)
    {
        for (var at = 0; at < _silos.Count; at++)
        {
            await _silos[at].StopAsync();
            _silos[at].Dispose();
            _silos[at] = await Launch(_silos[at].Spec, secret, second).ServesAsync();
        }
    }

    private SiloProcess Launch(SiloSpec spec, string secret, string? second)
    {
        var settings = new Dictionary<string, string> { ["Atlas__Secret"] = secret, ["Logging__LogLevel__Orleans"] = "Warning" };
        if (second is not null)
        {
            settings["Atlas__SecondSecret"] = second;
        }

        return SiloProcess.Start(spec, _database.Address, _folder, settings);
    }

    private Task<IAtlasClient> ConnectAsync(string secret) => AtlasClient.ConnectAsync(new AtlasClientOptions
    {
        DatabaseUrl = _database.Address,
        Credential = ClusterSecret.Of(secret).Issue(AtlasRole.Runtime, "shop").Reveal(),
        RetryFor = TimeSpan.FromSeconds(60),
        CacheOnDisk = false,
    });

    private static async Task RunAsync(IAtlasClient client) =>
        await (await client.StartSessionAsync(new StartSession("Refund an order", "rotation/key"))).CompleteAsync("Refunded.");
}
