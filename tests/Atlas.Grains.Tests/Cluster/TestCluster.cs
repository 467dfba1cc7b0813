using Atlas.Client;
using Atlas.Grains.Hosting;
using Atlas.Grains.Judging;
using Atlas.Grains.Leases;
using Atlas.Grains.Synthesis;
using Atlas.Hosting.Settings;
using Atlas.Hosting.Silo;
using Atlas.Identity;
using Atlas.Learning.Evidence;
using Atlas.Learning.Meaning;
using Atlas.Learning.Options;
using Atlas.Models.Judges;
using Atlas.Models.Synthesis;
using Atlas.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.TestingHost;

namespace Atlas.Grains.Tests.Cluster;

/// <summary>Some silos over a database of their own, and a client that is connected to them. Orleans' own test cluster runs them, with
/// what they have in production: membership, grain directory, grain states and reminders in PostgreSQL, and sockets between them.</summary>
internal sealed class TestCluster : IAsyncDisposable
{
    private const string ClusterId = "atlas";

    private readonly Action<IServiceCollection> _replace;
    private readonly ClusterSecret? _secret;
    private Orleans.TestingHost.TestCluster _cluster = null!;

    private TestCluster(TestDatabase database, ClusterSecret? secret, Action<IServiceCollection> replace)
    {
        Database = database;
        _secret = secret;
        _replace = replace;
    }

    public TestDatabase Database { get; }

    public IAtlasClient Client { get; private set; } = null!;

    public IReadOnlyList<TestSilo> Silos => [.. _cluster.Silos.Select(silo => new TestSilo(_cluster, (InProcessSiloHandle)silo))];

    /// <param name="silos">How many silos.</param>
    /// <param name="synthesizer">Takes the place of the offline one.</param>
    /// <param name="requireApproval">Whether sessions wait for a review before they teach.</param>
    /// <param name="learning">The learning block; null for the defaults.</param>
    /// <param name="drift">Drift detection; null for none.</param>
    /// <param name="judge">Judges sessions without a reward; null for nobody.</param>
    /// <param name="judging">How much it judges, and how often it tries; null for the defaults.</param>
    /// <param name="clock">The silos' clock; null for the system's.</param>
    /// <param name="evidence">How entries are tried; null gives every session all of them, so that a test knows what it gets.</param>
    /// <param name="secret">What callers have to prove a credential with; null lets in everybody.</param>
    /// <param name="meaning">Whether entries are told by their meaning.</param>
    /// <param name="compared">A synthesizer that an experiment can name; null for none but the offline one.</param>
    public static async Task<TestCluster> StartAsync(
        int silos = 1,
        ISynthesizer? synthesizer = null,
        bool requireApproval = false,
        LearningOptions? learning = null,
        DriftOptions? drift = null,
        IJudge? judge = null,
        JudgingOptions? judging = null,
        TimeProvider? clock = null,
        EvidenceOptions? evidence = null,
        ClusterSecret? secret = null,
        bool meaning = false,
        NamedSynthesizer? compared = null)
    {
        var safety = new RuntimeSafetyOptions
        {
            Review = new ReviewOptions { RequireApproval = requireApproval },
            Drift = drift ?? new DriftOptions { Enabled = false },
        };
        var cluster = new TestCluster(await TestDatabase.CreateAsync(), secret, services =>
        {
            services.AddSingleton(new LearningRules((learning ?? new LearningOptions()) with
            {
                Evidence = evidence ?? new EvidenceOptions { Enabled = false },
                Meaning = new MeaningOptions { Enabled = meaning },
            }, safety));
            services.AddSingleton(clock ?? TimeProvider.System);
            services.AddSingleton(judging ?? new JudgingOptions());
            if (synthesizer is not null)
            {
                services.AddSingleton(synthesizer);
            }

            if (compared is not null)
            {
                services.AddSingleton(compared);
            }

            if (judge is not null)
            {
                services.AddSingleton(judge);
            }
        });
        await cluster.DeployAsync(silos);
        return cluster;
    }

    public async Task<TestSilo> AddSiloAsync() => new(_cluster, (InProcessSiloHandle)await _cluster.StartAdditionalSiloAsync());

    /// <summary>Stops every silo in good order and starts a new one over the same database.</summary>
    /// <param name="meanwhile">SQL that runs while no silo does; null for none.</param>
    public async Task RestartAsync(string? meanwhile = null)
    {
        await StopAsync();
        if (meanwhile is not null)
        {
            await Database.ExecuteAsync(meanwhile);
        }

        await DeployAsync(silos: 1);
    }

    public Task<IAtlasClient> ConnectAsync() => ConnectAsync(_secret?.Issue(AtlasRole.Owner, "owner"));

    public Task<IAtlasClient> ConnectAsync(AtlasCredential? credential) =>
        AtlasClient.ConnectAsync(new AtlasClientOptions { DatabaseUrl = Database.Address, Credential = credential?.Reveal() });

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await Database.DisposeAsync();
    }

    private async Task DeployAsync(int silos)
    {
        var builder = new TestClusterBuilder((short)silos) { CreateSiloAsync = CreateSiloAsync };
        (builder.Options.ClusterId, builder.Options.ServiceId) = (ClusterId, ClusterId);
        builder.Options.ConnectionTransport = ConnectionTransportType.TcpSocket;
        builder.Options.UseTestClusterMembership = false;
        builder.Options.InitializeClientOnDeploy = false;
        builder.Options.ConfigureFileLogging = false;
        _cluster = builder.Build();
        await _cluster.DeployAsync();
        Client = await ConnectAsync();
    }

    private async Task StopAsync()
    {
        await Client.DisposeAsync();
        await _cluster.StopAllSilosAsync();
        await _cluster.DisposeAsync();
    }

    private async Task<SiloHandle> CreateSiloAsync(string name, IConfiguration configuration)
    {
        var ports = FreePorts.Find(2);
        var settings = new SiloSettings { Name = name, Port = ports[0], GatewayPort = ports[1] };
        return await InProcessSiloHandle.CreateAsync(name, configuration, host => host
            // What goes wrong in these silos goes wrong on purpose, and a test tells it by what it asserts.
            .ConfigureLogging(logging => logging.ClearProviders())
            .ConfigureServices(services =>
            {
                _replace(services);
                services.AddSingleton(new ReadLeaseOptions { Seconds = settings.Membership.ReadLeaseSeconds });
                services.AddAtlasGrains(Database.Database);
                services.AddAtlasIdentity(_secret);
            })
            .UseOrleans(orleans => orleans.UseAtlas(settings, ClusterId)));
    }
}
