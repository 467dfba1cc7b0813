using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Atlas.Cli.Invocation;
using Atlas.Cli.Output;
using Atlas.Database;
using Atlas.Identity;
using Atlas.Testing;
using Npgsql;

namespace Atlas.Cli.Tests.Harness;

/// <summary>A workspace of its own in a temporary folder, with ports that are free. Whatever runs in it is stopped at the end.</summary>
public sealed class TestWorkspace : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("atlas-cli-").FullName;
    private readonly Dictionary<string, string?> _environment;

    public TestWorkspace()
    {
        var ports = FreePorts.Find(3);
        (HttpPort, SiloPort, GatewayPort) = (ports[0], ports[1], ports[2]);
        Home = Path.Combine(_folder, "home");
        _environment = new Dictionary<string, string?>
        {
            ["ATLAS_HOME"] = Home,
            ["ATLAS_DATABASE_URL"] = null,
            ["ATLAS_CREDENTIAL"] = null,
            ["ATLAS_DEBUG"] = null,
            ["USER"] = "tester",
        };
    }

    public int HttpPort { get; }

    public int SiloPort { get; }

    public int GatewayPort { get; }

    internal string Home { get; }

    internal static string Program { get; } = Path.GetFullPath(
        typeof(TestWorkspace).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(item => item.Key == "Atlas").Value!);

    private string[] Ports =>
    [
        "--http-port", Text(HttpPort), "--silo-port", Text(SiloPort), "--gateway-port", Text(GatewayPort),
    ];

    internal string PathOf(string file) => Path.Combine(_folder, file);

    internal async Task<string> WriteAsync(string file, string content)
    {
        await File.WriteAllTextAsync(PathOf(file), content);
        return PathOf(file);
    }

    internal void SetEnvironment(string name, string? value) => _environment[name] = value;

    internal AtlasProcess Start(params string[] arguments) =>
        AtlasProcess.Start("dotnet", [Program, .. arguments], _folder, _environment);

    internal async Task<CommandResult> RunAsync(params string[] arguments)
    {
        using var process = Start(arguments);
        return await process.ResultAsync();
    }

    /// <summary>The same within this process, which is a tenth of the work. For what a command does; how its process lives and ends is
    /// for <see cref="RunAsync"/>.</summary>
    internal Task<CommandResult> CallAsync(params string[] arguments) => InProcess.RunAsync(
        Home,
        new CallerSettings
        {
            User = _environment["USER"]!,
            DatabaseUrl = _environment["ATLAS_DATABASE_URL"],
            Editor = _environment.GetValueOrDefault("EDITOR"),
            Credential = _environment.GetValueOrDefault("ATLAS_CREDENTIAL"),
        },
        arguments);

    /// <summary>What the commands of this workspace use, with the words that they say.</summary>
    internal (CommandContext Context, StringWriter Said) Context()
    {
        var said = new StringWriter();
        var terminal = new Terminal(TextWriter.Null, said, dataIsTerminal: false, talkIsTerminal: false, colours: false);
        return (InProcess.Context(Home, terminal, new CallerSettings { User = "tester", DatabaseUrl = _environment["ATLAS_DATABASE_URL"] }), said);
    }

    internal Task<CommandResult> UpAsync(params string[] more) => RunAsync(["up", "--detach", .. Ports, .. more]);

    internal Task<CommandResult> QuickstartAsync(params string[] more) => RunAsync(["quickstart", .. Ports, .. more]);

    internal AtlasProcess StartQuickstart(params string[] more) => Start(["quickstart", .. Ports, .. more]);

    internal AtlasProcess StartInForeground() => Start(["up", .. Ports]);

    /// <summary>The first silo of <c>atlas status --json</c>.</summary>
    internal async Task<JsonElement> SiloAsync() => (await RunAsync("status", "--json")).Json().GetProperty("silos")[0];

    /// <summary>What an application of this workspace has to prove who it is; null where its silos have no secret.</summary>
    internal string? Credential => Path.Combine(Home, "secret") is var file && File.Exists(file)
        ? ClusterSecret.Read(file).Issue(AtlasRole.Owner, "tester").Reveal()
        : null;

    /// <summary>A connection to the database that <c>atlas status --json</c> names.</summary>
    internal async Task<NpgsqlDataSource> DatabaseAsync()
    {
        var status = (await RunAsync("status", "--json")).Json();
        return AtlasDatabase.Parse(status.GetProperty("database").GetProperty("connection_string").GetString()).CreateDataSource();
    }

    public async ValueTask DisposeAsync()
    {
        if (Directory.Exists(Home))
        {
            await RunAsync("down");
        }

        Directory.Delete(_folder, recursive: true);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
