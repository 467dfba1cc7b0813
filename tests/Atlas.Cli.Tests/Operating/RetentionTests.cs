using Atlas.Cli.Invocation;
using Atlas.Cli.Tests.Harness;
using Xunit;

namespace Atlas.Cli.Tests.Operating;

[Collection(SharedSilo.Name)]
public sealed class RetentionTests(RunningWorkspace running)
{
    [Fact]
    public async Task What_a_policy_would_remove_is_told_and_nothing_is_removed()
    {
        const string Key = "operating/retained";
        var workspace = running.Workspace;
        var runs = await workspace.WriteAsync("retained.json", TauBenchFile.Of(3));
        (await workspace.CallAsync("import", "tau-bench", runs, "--key", Key, "--concurrency", "1")).Expect(ExitCode.Ok);
        await using var database = await workspace.DatabaseAsync();
        await using (var age = database.CreateCommand($"UPDATE sessions SET created_at = '2020-01-01', completed_at = '2020-01-01' WHERE stored_learning_key = '{Key}'"))
        {
            await age.ExecuteNonQueryAsync();
        }

        Assert.Contains("kept forever", (await workspace.CallAsync("retention")).Expect(ExitCode.Ok).Error, StringComparison.Ordinal);
        var bare = await workspace.WriteAsync("no-storage.yaml", "runtime_safety:\n  review:\n    require_approval: false\n");
        Assert.Contains("kept forever", (await workspace.CallAsync("retention", "--config", bare)).Expect(ExitCode.Ok).Error, StringComparison.Ordinal);
        (await workspace.CallAsync("retention", "--events", "90 days")).ExpectSentence(ExitCode.Usage, "such as 12h, 90d or 52w");
        var kept = (await workspace.CallAsync("retention", "--sessions", "52w", "--json")).Expect(ExitCode.Ok).Json();
        var all = (await workspace.CallAsync("retention", "--events", "90d", "--sessions", "52w", "--cited", "--json")).Expect(ExitCode.Ok).Json();

        Assert.Equal((3, 0), (all.GetProperty("sessions").GetInt32(), all.GetProperty("cited").GetInt32()));
        Assert.Equal(3, all.GetProperty("sessions_without_events").GetInt32());
        Assert.True(kept.GetProperty("sessions").GetInt32() <= 3);
        Assert.Equal(3, (await workspace.CallAsync("session", "list", "--key", Key, "--json")).Expect(ExitCode.Ok).Json().GetArrayLength());
        Assert.Contains("3 sessions would be removed", (await workspace.CallAsync("retention", "--sessions", "52w", "--cited")).Expect(ExitCode.Ok).Output, StringComparison.Ordinal);
    }
}
