using System.Text.Json;
using Atlas.Cli.Tests.Harness;
using Atlas.OrderDesk;
using Atlas.Testing;
using Npgsql;
using Xunit;

namespace Atlas.Cli.Tests.Run;

/// <summary>Real processes on one database: several runtimes, and some that die.</summary>
public sealed class CrashTests
{
    private const string Key = "crash/desk";
    private const int Lease = 10;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task Two_runtimes_on_one_key_are_both_counted_and_both_see_the_newest_playbook_on_their_next_task()
    {
        const int Pairs = 3;
        await using var place = await DeskWorkspace.StartAsync(new DeskOptions { SessionsPerLesson = 2 });
        await place.UpAsync();

        JsonElement[] results = [];
        for (var pair = 0; pair < Pairs; pair++)
        {
            using var one = place.Start(1000 + (2 * pair), Key, "--json");
            using var other = place.Start(1001 + (2 * pair), Key, "--json");
            results = [(await one.ResultAsync()).Expect(ExitCode.Ok).Json(), (await other.ResultAsync()).Expect(ExitCode.Ok).Json()];
        }

        var key = (await place.Workspace.RunAsync("playbook", "show", Key, "--json")).Json();
        Assert.Equal(2 * Pairs, key.GetProperty("sessions_observed").GetInt32());
        Assert.Equal(2 * Pairs, key.GetProperty("sessions_applied").GetInt32());
        Assert.Equal(0, key.GetProperty("pending").GetInt32());

        // Both lessons had been learned when the last pair began, and both of it were told.
        Assert.All(results, result => Assert.Equal(1.0, result.GetProperty("reward").GetProperty("score").GetDouble()));
        Assert.Single(results.Select(result => result.GetProperty("playbook_before").GetProperty("student_sha256").GetString()).Distinct());
    }

    [Fact]
    public async Task A_runtime_that_is_killed_leaves_what_was_acknowledged_and_its_session_is_closed_after_the_lease()
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var place = await DeskWorkspace.StartAsync(HangAtSummary(asked), desk => desk with { SessionLeaseSeconds = Lease });
        await place.UpAsync();
        using var run = place.Start(1000, Key);
        await asked.Task.WaitAsync(Patience);
        await using var database = await place.Workspace.DatabaseAsync();
        await Eventually.TrueAsync(
            async () => await DeskWorkspace.ScalarAsync<long>(
                database, "SELECT count(*) FROM trajectory_events WHERE session_id = 1 AND event->'payload'->>'event_type' = 'TOOL_END'") == 1,
            Patience,
            "the events of the step");

        Shell.Signal("KILL", run.Id);

        await StatusAsync(database, "failed");
        Assert.Equal(0, await GapsAsync(database));
        Assert.Equal(1, await DeskWorkspace.ScalarAsync<long>(database, "SELECT count(*) FROM step_results WHERE session_id = 1"));
        Assert.Equal(1, await DeskWorkspace.ScalarAsync<long>(database, "SELECT count(*) FROM plans WHERE session_id = 1"));
        (await place.Workspace.RunAsync("session", "show", "1")).Expect(ExitCode.Ok);
    }

    [Fact]
    public async Task A_silo_that_is_killed_in_the_middle_loses_nothing_acknowledged_and_the_session_is_closed_by_the_next_silo()
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var place = await DeskWorkspace.StartAsync(HangAtSummary(asked), desk => desk with { SessionLeaseSeconds = Lease });
        await place.UpAsync();
        using var run = place.Start(1000, Key);
        await asked.Task.WaitAsync(Patience);
        await using var database = await place.Workspace.DatabaseAsync();
        await Eventually.TrueAsync(
            async () => await DeskWorkspace.ScalarAsync<long>(database, "SELECT count(*) FROM step_results WHERE session_id = 1") == 1,
            Patience,
            "the step");
        var before = await DeskWorkspace.ScalarAsync<long>(database, "SELECT count(*) FROM trajectory_events WHERE session_id = 1");

        Shell.Signal("KILL", (await place.Workspace.SiloAsync()).GetProperty("pid").GetInt32());
        Shell.Signal("KILL", run.Id);
        Assert.Equal("running", await DeskWorkspace.ScalarAsync<string>(database, "SELECT status FROM sessions WHERE id = 1"));
        await place.UpAsync();

        await StatusAsync(database, "failed");
        Assert.InRange(await DeskWorkspace.ScalarAsync<long>(database, "SELECT count(*) FROM trajectory_events WHERE session_id = 1"), before, long.MaxValue);
        Assert.Equal(0, await GapsAsync(database));
    }

    // The student's last answer of a session that goes step by step: everything before it is recorded by then.
    private static DeskOptions HangAtSummary(TaskCompletionSource asked)
    {
        var answers = 0;
        return new DeskOptions
        {
            BeforeAnswer = async (model, cancellation) =>
            {
                // The plan, the call of a tool, the report, and then the summary.
                if (model == "desk-student" && Interlocked.Increment(ref answers) == 4)
                {
                    asked.TrySetResult();
                    var gone = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                    await using var registration = cancellation.Register(() => gone.TrySetResult());
                    await gone.Task;
                }
            },
        };
    }

    private static Task StatusAsync(NpgsqlDataSource database, string status) => Eventually.TrueAsync(
        async () => await DeskWorkspace.ScalarAsync<string>(database, "SELECT status FROM sessions WHERE id = 1") == status,
        Patience,
        $"a session that is {status}");

    /// <summary>How many numbers are missing in the sequence of events.</summary>
    private static Task<long> GapsAsync(NpgsqlDataSource database) => DeskWorkspace.ScalarAsync<long>(
        database, "SELECT coalesce(max(sequence) + 1 - count(*), 0)::bigint FROM trajectory_events WHERE session_id = 1");
}
