using Xunit;

namespace Atlas.Cli.Tests.Harness;

/// <summary>A workspace in which a silo runs, shared by the tests that only need one.</summary>
public sealed class RunningWorkspace : IAsyncLifetime
{
    /// <summary>A key that has learned from <see cref="LearnedSessions"/> sessions, once <see cref="LearnedAsync"/> was awaited.</summary>
    public const string LearnedKey = "reading/desk";

    public const int LearnedSessions = 60;

    private readonly Lazy<Task> _learned;

    public RunningWorkspace()
    {
        _learned = new Lazy<Task>(LearnAsync);
    }

    public TestWorkspace Workspace { get; } = new();

    public Task LearnedAsync() => _learned.Value;

    public async ValueTask InitializeAsync() => (await Workspace.UpAsync()).Expect(ExitCode.Ok);

    public ValueTask DisposeAsync() => Workspace.DisposeAsync();

    private async Task LearnAsync()
    {
        var file = await Workspace.WriteAsync("reading.json", TauBenchFile.Of(LearnedSessions));
        var import = await Workspace.CallAsync(
            "import", "tau-bench", file, "--key", LearnedKey, "--approve", "--concurrency", "16");
        import.Expect(ExitCode.Ok);
    }
}
