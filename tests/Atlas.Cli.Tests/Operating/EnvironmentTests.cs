using Atlas.Cli.Tests.Harness;
using Atlas.Client;
using Xunit;

namespace Atlas.Cli.Tests.Operating;

/// <summary>A project is looked through, stored, and found again through a session that ran in it.</summary>
[Collection(SharedSilo.Name)]
public sealed class EnvironmentTests(RunningWorkspace running)
{
    private const string Agent =
        """
        from openai import OpenAI

        SYSTEM_PROMPT = "You book rooms, and you never book one twice."

        class BookingAgent:
            def act(self, observation):
                return OpenAI().chat.completions.create(model="gpt-4.1-mini", messages=[])

            def plan(self, task):
                return [task]
        """;

    private readonly TestWorkspace _workspace = running.Workspace;

    [Fact]
    public async Task What_is_found_is_written_stored_and_linked_to_the_sessions_of_that_folder()
    {
        var project = await ProjectAsync("linked");
        var found = (await _workspace.CallAsync("env", "init", "--path", project, "--task", "Book a room", "--no-network", "--json")).Expect(ExitCode.Ok).Json();

        Assert.Equal("booking.BookingAgent", found.GetProperty("agent").GetString());
        var configuration = Path.Combine(project, ".atlas", "generated_config.yaml");
        (await _workspace.CallAsync("config", "check", configuration, "--profile", "agent")).Expect(ExitCode.Ok);

        // The key is missing, so what was written is not marked as validated.
        Assert.False(File.Exists(Path.Combine(project, ".atlas", ".validated")));
        var run = found.GetProperty("discovery_run_id").GetRawText();
        var stored = (await _workspace.CallAsync("env", "show", run, "--json")).Expect(ExitCode.Ok).Json();
        Assert.Equal("booking.py", Assert.Single(stored.GetProperty("metadata").GetProperty("modules").EnumerateArray()).GetProperty("file").GetString());
        Assert.Contains("booking.py", (await _workspace.CallAsync("env", "show", run)).Expect(ExitCode.Ok).Output, StringComparison.Ordinal);
        Assert.Contains((await _workspace.CallAsync("env", "list", "--json")).Expect(ExitCode.Ok).Json().EnumerateArray(), one => one.GetProperty("id").GetRawText() == run);

        var session = await StartInAsync(project);

        var shown = (await _workspace.CallAsync("session", "show", session, "--json")).Expect(ExitCode.Ok).Json();
        Assert.Equal(run, shown.GetProperty("discovery_run_id").GetRawText());
        Assert.Equal(found.GetProperty("fingerprint").GetString(), shown.GetProperty("discovery_fingerprint").GetString());
        Assert.Contains($"the environment of discovery run {run}", (await _workspace.CallAsync("session", "show", session)).Expect(ExitCode.Ok).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dry_run_leaves_nothing_and_files_are_written_over_only_by_force()
    {
        var project = await ProjectAsync("dry");

        (await _workspace.CallAsync("env", "init", "--path", project, "--no-network", "--dry-run", "--json")).Expect(ExitCode.Ok).Json();
        Assert.False(Directory.Exists(Path.Combine(project, ".atlas")));

        (await _workspace.CallAsync("env", "init", "--path", project, "--no-network")).Expect(ExitCode.Ok);
        (await _workspace.CallAsync("env", "init", "--path", project, "--no-network")).ExpectSentence(ExitCode.Failed, "already exists. Overwrite it with --force");
        (await _workspace.CallAsync("env", "init", "--path", project, "--no-network", "--force")).Expect(ExitCode.Ok);
        (await _workspace.CallAsync("env", "init", "--path", "no-such-folder")).ExpectSentence(ExitCode.NotFound, "There is no folder no-such-folder.");
    }

    [Fact]
    public async Task Where_there_is_nothing_it_says_so_and_writes_nothing()
    {
        var empty = Directory.CreateDirectory(_workspace.PathOf("empty")).FullName;
        (await _workspace.CallAsync("env", "init", "--path", empty, "--json")).ExpectSentence(ExitCode.NotFound, "it has no C# or Python sources");

        await File.WriteAllTextAsync(Path.Combine(empty, "sums.py"), "def add(a, b):\n    return a + b\n");
        var answer = await _workspace.CallAsync("env", "init", "--path", empty);

        answer.ExpectSentence(ExitCode.NotFound, "1 source file read, with no agent, model, tool, prompt or MCP server among them");
        Assert.DoesNotContain("OPENAI", answer.Error, StringComparison.OrdinalIgnoreCase);
        Assert.False(Directory.Exists(Path.Combine(empty, ".atlas")));
    }

    private async Task<string> ProjectAsync(string name)
    {
        var folder = Directory.CreateDirectory(_workspace.PathOf(name)).FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "booking.py"), $"# {name}\n{Agent}");
        return folder;
    }

    /// <summary>A session that an application starts whose workspace is the project's folder.</summary>
    private async Task<string> StartInAsync(string project)
    {
        var before = Environment.GetEnvironmentVariable("ATLAS_HOME");
        Environment.SetEnvironmentVariable("ATLAS_HOME", Path.Combine(project, ".atlas"));
        try
        {
            var status = (await _workspace.CallAsync("status", "--json")).Json();
            await using var client = await AtlasClient.ConnectAsync(new AtlasClientOptions
            {
                DatabaseUrl = status.GetProperty("database").GetProperty("connection_string").GetString(),
                Credential = _workspace.Credential,
            });
            var session = await client.StartSessionAsync(new("Book a room", "operating/booking"));
            return session.SessionId.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }
        finally
        {
            Environment.SetEnvironmentVariable("ATLAS_HOME", before);
        }
    }
}
