using System.Text.Json;
using Atlas.Cli.Tests.Harness;
using Atlas.OrderDesk;
using Atlas.OrderDesk.World;
using Xunit;

namespace Atlas.Cli.Tests.Run;

public sealed class RunTests
{
    private const string Key = "run/desk";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task Without_a_silo_a_run_brings_its_own_learns_and_leaves_nothing_running()
    {
        await using var place = await DeskWorkspace.StartAsync(ownServer: true);

        var first = (await place.RunAsync(1000, Key, "--json")).Expect(ExitCode.Ok).Json();
        var second = (await place.RunAsync(1001, Key)).Expect(ExitCode.Ok);

        Assert.Equal("succeeded", first.GetProperty("status").GetString());
        Assert.Equal("paired", first.GetProperty("execution_mode").GetString());
        Assert.Contains("20.00 given back", first.GetProperty("answer").GetString(), StringComparison.Ordinal);
        var reward = first.GetProperty("reward");
        Assert.Equal(0.5, reward.GetProperty("score").GetDouble());
        Assert.Equal(0.05, reward.GetProperty("uncertainty").GetDouble(), 3);
        Assert.Equal("applied", first.GetProperty("learning").GetString());
        Assert.Equal(0, first.GetProperty("playbook_before").GetProperty("version").GetInt32());
        Assert.Equal(1, first.GetProperty("playbook_after").GetProperty("version").GetInt32());
        Assert.Equal(64, first.GetProperty("playbook_after").GetProperty("student_sha256").GetString()!.Length);
        Assert.Equal("get_order", first.GetProperty("learned").GetProperty("added")[0].GetProperty("action").GetProperty("runtime_handle").GetString());

        // The second one had the playbook of the first in its prompt, and did otherwise.
        Assert.True(place.Desk.World.StateOf(1001).LookedUp);
        Assert.Contains("reward    0.80 ± 0.05", second.Output, StringComparison.Ordinal);
        Assert.Contains("What was learned", second.Output, StringComparison.Ordinal);
        Assert.Contains("=== Learning Summary ===", second.Output, StringComparison.Ordinal);
        Assert.Contains($"Learning Key: {Key}", second.Output, StringComparison.Ordinal);
        var status = (await place.Workspace.RunAsync("status", "--json")).Json();
        Assert.Empty(status.GetProperty("silos").EnumerateArray());
        Assert.False(status.GetProperty("database").GetProperty("reachable").GetBoolean());

        var artefacts = Directory.GetFiles(Path.Combine(place.Workspace.Home, "runs"), "run_*.json");
        Assert.Equal(2, artefacts.Length);
        var artefact = JsonElement.Parse(await File.ReadAllTextAsync(artefacts.Order().First()));
        Assert.Equal(DeskTasks.Of(1000), artefact.GetProperty("task").GetString());
        Assert.Equal(place.Configuration, artefact.GetProperty("config_path").GetString());
        Assert.Equal("atlas run", artefact.GetProperty("metadata").GetProperty("source").GetString());
        Assert.Equal("passed", artefact.GetProperty("result").GetProperty("steps")[0].GetProperty("status").GetString());
    }

    [Fact]
    public async Task What_happens_is_told_as_it_happens_in_words_and_in_lines_of_JSON_and_quiet_tells_only_the_answer()
    {
        await using var place = await DeskWorkspace.StartAsync();
        await place.UpAsync();

        var streamed = (await place.RunAsync(1000, Key, "--stream", "--mode", "coach")).Expect(ExitCode.Ok);

        // The answer is what was paid for; that its file cannot be written is a warning.
        var runs = Path.Combine(place.Workspace.Home, "runs");
        Directory.Move(runs, runs + ".aside");
        await File.WriteAllTextAsync(runs, "a file and no folder");
        var quiet = (await place.RunAsync(1001, Key, "--quiet")).Expect(ExitCode.Ok);
        Assert.Contains("warning: the file of the run could not be written", quiet.Error, StringComparison.Ordinal);
        File.Delete(runs);
        Directory.Move(runs + ".aside", runs);
        var lines = (await place.RunAsync(1002, Key, "--json-lines")).Expect(ExitCode.Ok).Output.TrimEnd().Split('\n')
            .Select(line => JsonElement.Parse(line)).ToList();

        Assert.Contains("playbook: nothing learned yet", streamed.Error, StringComparison.Ordinal);
        Assert.Contains("mode: coach", streamed.Error, StringComparison.Ordinal);
        Assert.Contains("plan:\n  1. Settle what the customer wants.", streamed.Error, StringComparison.Ordinal);
        Assert.Contains("calls refund_order", streamed.Error, StringComparison.Ordinal);
        Assert.Contains("step 1 passed", streamed.Error, StringComparison.Ordinal);
        Assert.Contains("reward: 0.50 ± 0.05", streamed.Error, StringComparison.Ordinal);
        Assert.Contains("--- Learning Summary ---", streamed.Output, StringComparison.Ordinal);
        Assert.StartsWith("Order 1001 is settled", quiet.Output, StringComparison.Ordinal);
        Assert.Single(quiet.Output.TrimEnd().Split('\n'));
        Assert.Equal("session_started", lines[0].GetProperty("event").GetString());
        Assert.Equal("session_completed", lines[^1].GetProperty("event").GetString());
        Assert.Contains(lines, line => line.TryGetProperty("type", out var type) && type.GetString() == "TOOL_END");
        Assert.Equal(1002 - 1000 + 1, lines[^1].GetProperty("result").GetProperty("session_id").GetInt64());
    }

    [Fact]
    public async Task Without_intermediate_steps_plan_and_steps_are_not_told()
    {
        await using var place = await DeskWorkspace.StartAsync();
        var yaml = (await File.ReadAllTextAsync(place.Configuration)).Replace(
            "orchestration:\n", "orchestration:\n  emit_intermediate_steps: false\n", StringComparison.Ordinal);
        await File.WriteAllTextAsync(place.Configuration, yaml);

        var streamed = (await place.RunAsync(1000, Key, "--stream")).Expect(ExitCode.Ok);

        Assert.Contains("reward: 0.50", streamed.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("step 1", streamed.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("refund_order", streamed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_silo_with_other_rules_in_force_is_told_and_not_used()
    {
        await using var place = await DeskWorkspace.StartAsync();
        (await place.Workspace.UpAsync()).Expect(ExitCode.Ok);

        var refused = await place.RunAsync(1000, Key);

        refused.ExpectSentence(ExitCode.Refused, "without a configuration file");
        Assert.Contains("learning.", refused.Error, StringComparison.Ordinal);
        Assert.Contains("atlas down", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ctrl_C_ends_the_session_as_failed()
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var place = await DeskWorkspace.StartAsync(new DeskOptions { BeforeAnswer = HangStudent(asked) });
        await place.UpAsync();
        using var run = place.Start(1000, Key);
        await asked.Task.WaitAsync(Patience);

        Shell.Signal("INT", run.Id);
        var stopped = (await run.ResultAsync()).Expect(ExitCode.Interrupted);

        Assert.Contains("Stopped: session 1 is closed as failed.", stopped.Error, StringComparison.Ordinal);
        await using var database = await place.Workspace.DatabaseAsync();
        Assert.Equal("failed", await DeskWorkspace.ScalarAsync<string>(database, "SELECT status FROM sessions WHERE id = 1"));
    }

    [Fact]
    public async Task Ctrl_C_while_the_reward_is_waited_for_prints_the_answer_of_the_session()
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var place = await DeskWorkspace.StartAsync(new DeskOptions { BeforeAnswer = Hang("desk-judge", asked) });
        await place.UpAsync();
        using var run = place.Start(1000, Key);
        await asked.Task.WaitAsync(Patience);

        Shell.Signal("INT", run.Id);
        var stopped = (await run.ResultAsync()).Expect(ExitCode.Ok);

        Assert.Contains("20.00 given back", stopped.Output, StringComparison.Ordinal);
        Assert.Contains("Session 1 succeeded, but its reward was not waited for.", stopped.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_session_that_takes_longer_than_its_time_is_ended_as_failed()
    {
        await using var place = await DeskWorkspace.StartAsync(
            new DeskOptions { BeforeAnswer = HangStudent(new TaskCompletionSource()) });
        await place.UpAsync();

        var late = (await place.RunAsync(1000, Key, "--timeout", "2")).Expect(ExitCode.Failed);

        Assert.Contains("Session 1 did not end within 2 s and is closed as failed.", late.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_student_that_cannot_be_reached_fails_the_session_and_the_command()
    {
        await using var place = await DeskWorkspace.StartAsync();
        await place.UpAsync();
        var away = await place.Workspace.WriteAsync("away.yaml", (await File.ReadAllTextAsync(place.Configuration)).Replace(
            "desk-student", "desk-nobody", StringComparison.Ordinal));

        var failed = await place.Workspace.RunAsync("run", "--config", away, "--task", DeskTasks.Of(1000), "--json");

        Assert.Equal("failed", failed.Expect(ExitCode.Failed).Json().GetProperty("status").GetString());
        Assert.Contains("desk-nobody", failed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_missing_is_told_before_anything_is_started()
    {
        await using var place = await DeskWorkspace.StartAsync();

        (await place.Workspace.RunAsync("run", "--task", "x")).ExpectSentence(ExitCode.Usage, "--config");
        (await place.Workspace.RunAsync("run", "--config", place.Configuration)).ExpectSentence(ExitCode.Usage, "--task");
        (await place.Workspace.RunAsync("run", "--config", "none.yaml", "--task", "x")).ExpectSentence(ExitCode.NotFound, "none.yaml");
        (await place.RunAsync(1000, Key, "--metadata", "[1]")).ExpectSentence(ExitCode.Usage, "--metadata is not a JSON object");
        var both = (await place.RunAsync(1000, Key, "--json", "--quiet")).Expect(ExitCode.Usage);
        Assert.Contains("only one of --quiet, --json and --json-lines", both.Error, StringComparison.Ordinal);
        Assert.Equal("usage", both.Json().GetProperty("error").GetProperty("name").GetString());
        place.Workspace.SetEnvironment(DeskConfiguration.KeyVariable, null);
        (await place.RunAsync(1000, Key)).ExpectSentence(ExitCode.CannotStart, DeskConfiguration.KeyVariable);
        Assert.False(Directory.Exists(Path.Combine(place.Workspace.Home, "postgres")));
    }

    private static Func<string, CancellationToken, Task> HangStudent(TaskCompletionSource asked) => Hang("desk-student", asked);

    private static Func<string, CancellationToken, Task> Hang(string hanging, TaskCompletionSource asked) => async (model, cancellation) =>
    {
        if (model == hanging)
        {
            asked.TrySetResult();
            var gone = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            await using var registration = cancellation.Register(() => gone.TrySetResult());
            await gone.Task;
        }
    };
}
