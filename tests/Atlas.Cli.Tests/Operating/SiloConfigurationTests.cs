using Atlas.Cli.Tests.Harness;
using Xunit;

namespace Atlas.Cli.Tests.Operating;

public sealed class SiloConfigurationTests : IAsyncDisposable
{
    private const string Playbook =
        """{ "format": "atlas.playbook.v1", "student": ["Look the order up first."], "teacher": null, "entries": [] }""";

    private readonly TestWorkspace _workspace = new();

    [Fact]
    public async Task A_silo_works_by_the_file_it_was_started_with_and_by_no_other()
    {
        var file = await _workspace.WriteAsync("atlas.yaml", "learning: { playbook_injection_mode: suffix }\n");
        var other = await _workspace.WriteAsync("other.yaml", "learning: { playbook_injection_mode: prefix }\n");
        var playbook = await _workspace.WriteAsync("playbook.json", Playbook);
        (await _workspace.UpAsync("--config", "atlas.yaml")).Expect(ExitCode.Ok);

        (await _workspace.RunAsync("playbook", "import", "configured/key", playbook, "--reason", "a start")).Expect(ExitCode.Ok);
        var resolved = (await _workspace.RunAsync("playbook", "resolve", "configured/key", "--json")).Expect(ExitCode.Ok).Json();
        Assert.Equal("suffix", resolved.GetProperty("injection_mode").GetString());

        (await _workspace.UpAsync("--config", file)).Expect(ExitCode.Ok);
        (await _workspace.UpAsync("--config", other)).ExpectSentence(ExitCode.Refused, $"is already running here with {file}");
        File.SetLastWriteTimeUtc(file, DateTime.UnixEpoch.AddYears(1000));
        (await _workspace.UpAsync("--config", file)).ExpectSentence(ExitCode.Refused, "has changed since silo-1 started with it. Restart it with the current file: `atlas restart`");
    }

    [Fact]
    public async Task The_database_that_the_file_names_is_used_unless_a_flag_or_the_environment_names_another()
    {
        await _workspace.WriteAsync("atlas.yaml", "storage: { database_url: 'postgresql://someone@127.0.0.1:1/named' }\n");

        (await _workspace.UpAsync("--config", "atlas.yaml")).ExpectSentence(ExitCode.CannotStart, "127.0.0.1:1/named does not answer");
        (await _workspace.UpAsync("--config", "atlas.yaml", "--database", "postgresql://someone@127.0.0.1:1/flagged"))
            .ExpectSentence(ExitCode.CannotStart, "127.0.0.1:1/flagged does not answer");
        Assert.False(Directory.Exists(Path.Combine(_workspace.Home, "postgres")));
    }

    public ValueTask DisposeAsync() => _workspace.DisposeAsync();
}
