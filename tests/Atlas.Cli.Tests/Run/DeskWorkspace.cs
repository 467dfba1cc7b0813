using System.Text.Json;
using Atlas.Cli.Tests.Harness;
using Atlas.OrderDesk;
using Atlas.OrderDesk.Serving;
using Atlas.OrderDesk.World;
using Atlas.Testing;
using Npgsql;

namespace Atlas.Cli.Tests.Run;

/// <summary>A workspace without a silo, on a database that the tests' server has, and the practice desk served beside it.</summary>
internal sealed class DeskWorkspace : IAsyncDisposable
{
    private DeskWorkspace(DeskServer desk, string file) => (Desk, Configuration) = (desk, file);

    private TestDatabase? _database;

    public TestWorkspace Workspace { get; } = new();

    public DeskServer Desk { get; }

    /// <summary>The configuration of an agent at the desk.</summary>
    public string Configuration { get; private set; }

    /// <param name="options">How the desk is served.</param>
    /// <param name="change">Changes the configuration before it is written.</param>
    /// <param name="ownServer">Whether the workspace sets up its own PostgreSQL, which takes its time.</param>
    public static async Task<DeskWorkspace> StartAsync(
        DeskOptions? options = null, Func<DeskConfiguration, DeskConfiguration>? change = null, bool ownServer = false)
    {
        var desk = await DeskServer.StartAsync(options);
        var place = new DeskWorkspace(desk, "");
        place.Workspace.SetEnvironment(DeskConfiguration.KeyVariable, "desk");
        if (!ownServer)
        {
            place._database = await TestDatabase.CreateAsync();
            place.Workspace.SetEnvironment("ATLAS_DATABASE_URL", place._database.Address);
        }

        var configuration = new DeskConfiguration { Desk = desk.Address };
        place.Configuration = await place.Workspace.WriteAsync("desk.yaml", (change?.Invoke(configuration) ?? configuration).ToYaml());
        return place;
    }

    public string[] RunArguments(int order, string key, params string[] more) =>
        ["run", "--config", Configuration, "--task", DeskTasks.Of(order), "--key", key, .. more];

    public Task<CommandResult> RunAsync(int order, string key, params string[] more) => Workspace.RunAsync(RunArguments(order, key, more));

    public AtlasProcess Start(int order, string key, params string[] more) => Workspace.Start(RunArguments(order, key, more));

    /// <summary>Starts a silo that stays, with the configuration.</summary>
    public async Task UpAsync() => (await Workspace.UpAsync("--config", Configuration)).Expect(ExitCode.Ok);

    public static async Task<T?> ScalarAsync<T>(NpgsqlDataSource database, string query)
    {
        await using var command = database.CreateCommand(query);
        return await command.ExecuteScalarAsync() is T value ? value : default;
    }

    public static JsonElement Result(CommandResult run) => run.Json();

    public async ValueTask DisposeAsync()
    {
        await Workspace.DisposeAsync();
        await Desk.DisposeAsync();
        if (_database is not null)
        {
            await _database.DisposeAsync();
        }
    }
}
