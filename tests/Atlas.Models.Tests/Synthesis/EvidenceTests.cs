using Atlas.Domain;
using System.Text.Json;
using Atlas.Models.Synthesis;
using Xunit;

namespace Atlas.Models.Tests.Synthesis;

/// <summary>When the offline synthesizer speaks, and when it does not.</summary>
public sealed class EvidenceTests
{
    private static readonly string[] Things = ["kettles", "lamps", "boots", "hoses", "frames"];

    [Fact]
    public async Task Too_few_sessions_say_nothing()
    {
        var answer = await Samples.AskAsync(Samples.Request(Habit(11)));

        Assert.True(answer.NothingToSay);
        Assert.Equal("Only 11 rewarded sessions can teach; the offline synthesizer needs at least 12.", answer.Summary);
        AssertChangesNothing(answer);
    }

    [Fact]
    public async Task One_sided_outcomes_say_nothing()
    {
        var answer = await Samples.AskAsync(Samples.Request(Habit(60).Select(session => session with { Score = session.Score == 0 ? 0.8 : 1 })));

        Assert.True(answer.NothingToSay);
        Assert.StartsWith("Of 60 sessions 60 were rewarded", answer.Summary, StringComparison.Ordinal);
        AssertChangesNothing(answer);
    }

    [Fact]
    public async Task Sessions_without_any_regularity_say_nothing()
    {
        var answer = await Samples.AskAsync(Samples.Request(Habit(60).Select(session => session with { Score = session.Id / 2 % 3 == 0 ? 1 : 0 })));

        Assert.True(answer.NothingToSay);
        Assert.Contains("beyond chance", answer.Summary, StringComparison.Ordinal);
        AssertChangesNothing(answer);
    }

    [Fact]
    public async Task A_habit_in_enough_sessions_is_said()
    {
        var answer = await Samples.AskAsync(Samples.Request(Habit(60)));

        Assert.Contains("Consider verify where", answer.Answer.GetProperty("playbook_entries").GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Quarantined_sessions_and_scores_out_of_range_do_not_teach()
    {
        var spoilt = Habit(60).Select(session => session.Id % 2 == 0
            ? session with { ReviewStatus = ReviewStatus.Quarantined }
            : session with { Score = double.NaN });

        var answer = await Samples.AskAsync(Samples.Request(spoilt));

        Assert.StartsWith("Only 0 rewarded sessions", answer.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_session_that_is_given_twice_counts_once()
    {
        var sessions = Habit(8).ToList();

        Assert.StartsWith("Only 8 rewarded sessions", (await Samples.AskAsync(Samples.Request([.. sessions, .. sessions]))).Summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tool_that_only_easy_tasks_need_is_not_praised()
    {
        // Four tasks, each run many times: the two easy ones need the tool. Sixty sessions, but only four independent facts.
        var sessions = Enumerable.Range(0, 60).Select(i => i % 4 < 2
            ? Samples.Session(i, 1, $"An easy thing about {Things[i % 4]}", "search", "verify")
            : Samples.Session(i, 0, $"A hard thing about {Things[i % 4]}", "search"));

        Assert.True((await Samples.AskAsync(Samples.Request(sessions))).NothingToSay);
    }

    [Fact]
    public async Task A_tool_that_helps_within_each_task_is_praised_although_the_hard_tasks_use_it_more()
    {
        // Per task the tool always wins; over all sessions those with it look worse, for it is used where it is hard.
        var sessions = new List<RewardedSession>();
        foreach (var (task, with, without, wins) in (( string, int, int, bool)[])[("hard kettles", 18, 6, false), ("hard lamps", 18, 6, false), ("easy boots", 6, 18, true), ("easy hoses", 6, 18, true)])
        {
            for (var run = 0; run < with + without; run++)
            {
                var uses = run < with;
                var good = uses ? (wins || run % 2 == 0) : (wins && run % 3 != 0);
                sessions.Add(Samples.Session(sessions.Count, good ? 1 : 0, $"See to the {task}", uses ? ["search", "verify"] : ["search"]));
            }
        }

        var answer = await Samples.AskAsync(Samples.Request(sessions));

        Assert.Contains("- Use verify", answer.Answer.GetProperty("student_pamphlet").GetString(), StringComparison.Ordinal);
        Assert.Contains("same tasks", answer.Answer.GetProperty("student_pamphlet").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_hurts_within_a_task_is_advised_against()
    {
        var sessions = Enumerable.Range(0, 60).Select(i => i / 5 % 2 == 0
            ? Samples.Session(i, 0, $"Look after {Things[i % 5]}", "search", "guess")
            : Samples.Session(i, 1, $"Look after {Things[i % 5]}", "search"));

        var answer = await Samples.AskAsync(Samples.Request(sessions));

        Assert.Contains("- Do without guess", answer.Answer.GetProperty("student_pamphlet").GetString(), StringComparison.Ordinal);
        // All tasks use it alike, so no word of a task announces it: an entry would fire always or never.
        Assert.Empty(answer.Answer.GetProperty("playbook_entries").EnumerateArray());
        Assert.Contains("firing always or never", answer.Answer.GetProperty("metadata").GetRawText(), StringComparison.Ordinal);
    }

    /// <summary>Sessions of different tasks: half verify, and are rewarded nearly always; half do not, and hardly ever are.</summary>
    private static IEnumerable<RewardedSession> Habit(int count) => Enumerable.Range(0, count).Select(i =>
        i % 2 == 0
            ? Samples.Session(i, i % 12 == 0 ? 0 : 1, $"Handle number {i} of the {Things[i % 5]} carefully", "search", "verify")
            : Samples.Session(i, i % 11 == 0 ? 1 : 0, $"Handle number {i} of the {Things[i % 5]}", "search"));

    private static void AssertChangesNothing(SynthesisAnswer answer)
    {
        Assert.Equal("playbook_entry.v1", answer.Answer.GetProperty("version").GetString());
        Assert.Equal(JsonValueKind.Null, answer.Answer.GetProperty("student_pamphlet").ValueKind);
        Assert.Equal(JsonValueKind.Null, answer.Answer.GetProperty("teacher_pamphlet").ValueKind);
        Assert.Empty(answer.Answer.GetProperty("playbook_entries").EnumerateArray());
    }
}
