using System.Text.Json;
using Atlas.Cli.Tests.Harness;
using Atlas.Testing;
using Xunit;

namespace Atlas.Cli.Tests.Import;

/// <summary>Two hundred recorded runs that nobody here wrote, all the way to a playbook.</summary>
[Collection(SharedSilo.Name)]
public sealed class RecordedRunsTests(RunningWorkspace running)
{
    private const string Key = "tau/airline";
    private readonly TestWorkspace _workspace = running.Workspace;

    [Fact]
    public async Task Two_hundred_recorded_runs_become_sessions_with_events_rewards_and_a_playbook()
    {
        var file = RecordedData.Require("tau-airline-gpt-4o.json");

        (await _workspace.CallAsync("import", "tau-bench", file, "--key", Key, "--approve", "--concurrency", "16")).Expect(ExitCode.Ok);

        var sessions = (await _workspace.CallAsync("session", "list", "--key", Key, "--limit", "1000", "--json"))
            .Expect(ExitCode.Ok).Json().EnumerateArray().ToArray();
        Assert.Equal(200, sessions.Length);
        Assert.Equal(0.42, sessions.Average(session => session.GetProperty("reward").GetDouble()), 9);
        Assert.All(sessions, session => Assert.Equal("approved", session.GetProperty("review_status").GetString()));
        Assert.All(sessions, session => Assert.True(session.GetProperty("event_count").GetInt32() > 0));

        var playbook = (await _workspace.CallAsync("playbook", "show", Key, "--json")).Expect(ExitCode.Ok).Json();
        Assert.Equal(200, playbook.GetProperty("sessions_applied").GetInt32());
        Assert.True(playbook.GetProperty("version").GetInt32() > 0);
        Assert.NotEqual(JsonValueKind.Null, playbook.GetProperty("roles").GetProperty("student").GetProperty("sha256").ValueKind);
    }
}
