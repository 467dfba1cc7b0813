using System.Text.Json.Nodes;
using Atlas.Client;
using Atlas.Configuration;
using Atlas.Domain;
using Atlas.Grains.Tests.Cluster;
using Atlas.OrderDesk;
using Atlas.OrderDesk.Serving;
using Atlas.OrderDesk.World;
using Atlas.Runtime;
using Atlas.Runtime.Configured;
using Atlas.Testing;

namespace Atlas.Run.Tests.Loop;

/// <summary>The whole loop in one process: the desk, a silo on PostgreSQL, and the runtime between them, all by one file.</summary>
internal sealed class DeskLoop : IAsyncDisposable
{
    private readonly TestDatabase _database;
    private readonly RunningSilo _silo;
    private readonly ConfiguredRuntime _configured;
    private readonly string _file;

    private DeskLoop(TestDatabase database, DeskServer desk, RunningSilo silo, IAtlasClient client, ConfiguredRuntime configured, string file)
    {
        (_database, Desk, _silo, Client, _configured, _file) = (database, desk, silo, client, configured, file);
        Runtime = configured.Over(client);
    }

    public DeskServer Desk { get; }

    public IAtlasClient Client { get; }

    public AtlasRuntime Runtime { get; }

    public TestDatabase Database => _database;

    public static async Task<DeskLoop> StartAsync(int sessionsPerLesson, Func<DeskConfiguration, DeskConfiguration>? change = null)
    {
        var database = await TestDatabase.CreateAsync();
        var desk = await DeskServer.StartAsync(new DeskOptions { SessionsPerLesson = sessionsPerLesson });
        var configuration = new DeskConfiguration { Desk = desk.Address };
        var file = Path.Combine(Path.GetTempPath(), $"atlas-desk-{Guid.NewGuid():N}.yaml");
        await File.WriteAllTextAsync(file, (change?.Invoke(configuration) ?? configuration).ToYaml());
        var check = ConfigurationLoader.Check(new ConfigurationRequest { Files = [file], Profile = ConfigurationProfile.Agent });
        var silo = await RunningSilo.StartAsync(database.Address, "silo-1", null, $"--ATLAS_CONFIG={file}");
        var client = await AtlasClient.ConnectAsync(new AtlasClientOptions { DatabaseUrl = database.Address });
        return new DeskLoop(database, desk, silo, client, await ConfiguredRuntime.CreateAsync(check.Configuration!), file);
    }

    /// <summary>Does one task, with the reward that the desk computes, and waits until it has been learned from.</summary>
    public Task<RunResult> DoAsync(string key, int order) => Runtime.RunAsync(new RunRequest(DeskTasks.Of(order))
    {
        LearningKey = key,
        Metadata = new JsonObject { ["source"] = "test" },
        Evaluator = (_, _) => Task.FromResult<SessionReward?>(new SessionReward(Desk.World.VerdictOn(order).Score, 0, "desk")),
        LearningPatience = TimeSpan.FromMinutes(1),
    });

    /// <summary>Does tasks one after the other and gives their rewards.</summary>
    public async Task<double[]> DoAsync(string key, int first, int count)
    {
        var rewards = new List<double>();
        for (var order = first; order < first + count; order++)
        {
            rewards.Add((await DoAsync(key, order)).Reward!.Score);
        }

        return [.. rewards];
    }

    public async ValueTask DisposeAsync()
    {
        await _configured.DisposeAsync();
        await Client.DisposeAsync();
        await _silo.DisposeAsync();
        await Desk.DisposeAsync();
        await _database.DisposeAsync();
        File.Delete(_file);
    }
}
