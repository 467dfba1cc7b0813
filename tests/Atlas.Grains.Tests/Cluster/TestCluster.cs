using Atlas.Client;
using Atlas.Grains.Hosting;
using Atlas.Grains.Judging;
using Atlas.Learning.Options;
using Atlas.Models.Judges;
using Atlas.Models.Synthesis;
using Atlas.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Atlas.Grains.Tests.Cluster;

/// <summary>Some silos over a database of their own, and a client that is connected to them.</summary>
internal sealed class TestCluster : IAsyncDisposable
{
    private readonly List<RunningSilo> _silos = [];
    private readonly Action<IServiceCollection> _replace;
    private int _started;

    private TestCluster(TestDatabase database, Action<IServiceCollection> replace)
    {
        Database = database;
        _replace = replace;
    }

    public TestDatabase Database { get; }

    public IAtlasClient Client { get; private set; } = null!;

    public IReadOnlyList<RunningSilo> Silos => _silos;

    /// <param name="silos">How many silos.</param>
    /// <param name="synthesizer">Takes the place of the offline one.</param>
    /// <param name="requireApproval">Whether sessions wait for a review before they teach.</param>
    /// <param name="learning">The learning block; null for the defaults.</param>
    /// <param name="drift">Drift detection; null for none.</param>
    /// <param name="judge">Judges sessions without a reward; null for nobody.</param>
    /// <param name="judging">How much it judges, and how often it tries; null for the defaults.</param>
    /// <param name="clock">The silos' clock; null for the system's.</param>
    public static async Task<TestCluster> StartAsync(
        int silos = 1,
        ISynthesizer? synthesizer = null,
        bool requireApproval = false,
        LearningOptions? learning = null,
        DriftOptions? drift = null,
        IJudge? judge = null,
        JudgingOptions? judging = null,
        TimeProvider? clock = null)
    {
        var safety = new RuntimeSafetyOptions
        {
            Review = new ReviewOptions { RequireApproval = requireApproval },
            Drift = drift ?? new DriftOptions { Enabled = false },
        };
        var cluster = new TestCluster(await TestDatabase.CreateAsync(), services =>
        {
            services.AddSingleton(new LearningRules(learning ?? new LearningOptions(), safety));
            services.AddSingleton(clock ?? TimeProvider.System);
            services.AddSingleton(judging ?? new JudgingOptions());
            if (synthesizer is not null)
            {
                services.AddSingleton(synthesizer);
            }

            if (judge is not null)
            {
                services.AddSingleton(judge);
            }
        });
        for (var number = 0; number < silos; number++)
        {
            await cluster.AddSiloAsync();
        }

        cluster.Client = await cluster.ConnectAsync();
        return cluster;
    }

    public async Task<RunningSilo> AddSiloAsync()
    {
        var silo = await RunningSilo.StartAsync(Database.Address, $"silo-{++_started}", _replace);
        _silos.Add(silo);
        return silo;
    }

    /// <summary>Stops every silo in good order and starts a new one over the same database.</summary>
    /// <param name="meanwhile">SQL that runs while no silo does; null for none.</param>
    public async Task RestartAsync(string? meanwhile = null)
    {
        await Client.DisposeAsync();
        foreach (var silo in _silos)
        {
            await silo.DisposeAsync();
        }

        _silos.Clear();
        if (meanwhile is not null)
        {
            await Database.ExecuteAsync(meanwhile);
        }

        await AddSiloAsync();
        Client = await ConnectAsync();
    }

    public Task<IAtlasClient> ConnectAsync() =>
        AtlasClient.ConnectAsync(new AtlasClientOptions { DatabaseUrl = Database.Address });

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        foreach (var silo in _silos)
        {
            await silo.DisposeAsync();
        }

        await Database.DisposeAsync();
    }
}
