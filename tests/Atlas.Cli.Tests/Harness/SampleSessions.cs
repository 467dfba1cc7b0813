using System.Globalization;
using System.Text.Json;

namespace Atlas.Cli.Tests.Harness;

/// <summary>The sample sessions, imported without approval under a key of a test's own, and what operators do with them.</summary>
internal sealed class SampleSessions
{
    public const int Sessions = 40;

    private readonly TestWorkspace _workspace;

    private SampleSessions(TestWorkspace workspace, string key)
    {
        _workspace = workspace;
        Key = key;
    }

    public string Key { get; }

    public static async Task<SampleSessions> ImportAsync(TestWorkspace workspace, string key)
    {
        var file = Path.Combine(RepositoryRoot.Path, "samples", "data", "order-desk.json");
        (await workspace.CallAsync("import", "tau-bench", file, "--key", key)).Expect(ExitCode.Ok);
        return new SampleSessions(workspace, key);
    }

    public Task<CommandResult> RunAsync(params string[] arguments) => _workspace.CallAsync(arguments);

    public async Task<JsonElement> JsonAsync(params string[] arguments) =>
        (await RunAsync([.. arguments, "--json"])).Expect(ExitCode.Ok).Json();

    public Task<JsonElement> PendingAsync() => JsonAsync("review", "list", "--key", Key, "--limit", "100");

    public Task<JsonElement> HistoryAsync() => JsonAsync("playbook", "history", Key);

    public async Task<int> VersionAsync() => (await JsonAsync("playbook", "show", Key)).GetProperty("version").GetInt32();

    /// <summary>Approves all that waits, and waits until the key has learned from it. Importing again does the waiting.</summary>
    public async Task<JsonElement> TeachAsync()
    {
        var report = await JsonAsync("review", "approve", "--key", Key, "--note", "looked at", "--by", "ann");
        await ImportAsync(_workspace, Key);
        return report;
    }

    /// <summary>A session that a version names as one it came from.</summary>
    public async Task<(string Session, int Version)> OneThatTaughtAsync()
    {
        var version = (await HistoryAsync()).EnumerateArray().Last(version => version.GetProperty("session_ids").GetArrayLength() > 0);
        return (
            version.GetProperty("session_ids")[0].GetInt64().ToString(CultureInfo.InvariantCulture),
            version.GetProperty("version").GetInt32());
    }
}
