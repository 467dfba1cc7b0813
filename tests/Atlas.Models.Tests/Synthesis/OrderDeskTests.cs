using System.Collections.Immutable;
using System.Text.Json;
using Atlas.Domain;
using Atlas.Domain.Json;
using Atlas.Domain.Playbooks;
using Atlas.Learning.Injection;
using Atlas.Learning.Options;
using Atlas.Models.Synthesis;
using Xunit;

namespace Atlas.Models.Tests.Synthesis;

/// <summary>What the offline synthesizer makes of the runs that the repository ships.</summary>
public sealed class OrderDeskTests
{
    [Fact]
    public async Task It_finds_the_planted_regularity_and_nothing_else()
    {
        var answer = await Samples.AskAsync(Samples.Request(await Samples.OrderDeskAsync()));

        Assert.False(answer.NothingToSay);
        var entry = Assert.Single(answer.Answer.GetProperty("playbook_entries").EnumerateArray());
        Assert.Equal("Call check_payment directly before issue_refund.", entry.GetProperty("action").GetProperty("imperative").GetString());
        Assert.Equal("check_payment", entry.GetProperty("action").GetProperty("runtime_handle").GetString());
        Assert.Equal(@"\brefund\b", entry.GetProperty("cue").GetProperty("pattern").GetString());
        Assert.Equal("reinforcement", entry.GetProperty("scope").GetProperty("category").GetString());
        Assert.Equal("Sessions with it were more often rewarded than those without.", entry.GetProperty("expected_effect").GetString());
        Assert.Contains("Rewarded in 12 of 13 sessions with it, in 2 of 13 without (all called issue_refund); p ≤ 0.00", answer.Answer.GetProperty("metadata").GetProperty("offline_synthesis").GetProperty("findings")[0].GetProperty("evidence").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_texts_say_what_they_are()
    {
        var answer = (await Samples.AskAsync(Samples.Request(await Samples.OrderDeskAsync()))).Answer;

        foreach (var role in (string[])["student_pamphlet", "teacher_pamphlet"])
        {
            var text = answer.GetProperty(role).GetString()!;
            Assert.StartsWith("Statistical contrast of rewarded and other sessions, made without a language model.", text, StringComparison.Ordinal);
            Assert.InRange(text.Length, 1, 500);
        }

        Assert.Contains("check_payment", answer.GetProperty("teacher_pamphlet").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_entries_hold_nothing_that_the_gates_refuse()
    {
        var entry = Only(await Samples.AskAsync(Samples.Request(await Samples.OrderDeskAsync())));

        var text = string.Join(' ', entry.Cue.Pattern, entry.Cue.Description, entry.Action.Imperative, entry.ExpectedEffect, entry.Scope.Constraints, entry.Scope.AppliesWhen);
        Assert.All(new GateOptions().BannedIncidentTokens, token => Assert.DoesNotContain(token, text, StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotMatch(@"\b(19|20)[0-9]{2}\b", text);
        Assert.InRange(text.Length, 1, new GateOptions().MaxTextLength + 100);
        Assert.InRange(entry.Action.Imperative.Length, 1, 120);
        Assert.InRange(entry.ExpectedEffect.Length, 1, 200);
        Assert.InRange(entry.Scope.Constraints.Length, 1, 250);
    }

    [Fact]
    public async Task The_same_input_gives_the_same_bytes()
    {
        var sessions = await Samples.OrderDeskAsync();

        var first = await Samples.AskAsync(Samples.Request(sessions));
        var second = await Samples.AskAsync(Samples.Request(sessions));

        Assert.Equal(first.Answer.GetRawText(), second.Answer.GetRawText());
        Assert.Equal(TokenUsage.None, first.Usage);
    }

    [Fact]
    public async Task Asked_again_with_what_it_said_it_says_the_same()
    {
        var sessions = await Samples.OrderDeskAsync();
        var first = await Samples.AskAsync(Samples.Request(sessions));

        var again = await Samples.AskAsync(Samples.Request(sessions) with { Current = Accept(first) });

        Assert.Equal(first.Answer.GetRawText(), again.Answer.GetRawText());
    }

    [Fact]
    public async Task An_entry_keeps_its_id_and_cue_while_its_counts_change()
    {
        var sessions = await Samples.OrderDeskAsync();
        var first = await Samples.AskAsync(Samples.Request(sessions));

        var later = await Samples.AskAsync(Samples.Request(
            [Samples.Session(99, 1, "You are Ann. A refund, please", "check_payment", "issue_refund"), .. sessions]) with { Current = Accept(first) });

        var (before, after) = (Only(first), Only(later));
        Assert.Equal(before.Id, after.Id);
        Assert.Equal(before.Cue.Pattern, after.Cue.Pattern);
        Assert.Equal(EntryWords.Of(before), EntryWords.Of(after));
        Assert.Contains("Rewarded in 13 of 14", later.Answer.GetProperty("metadata").GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_entry_that_holds_only_uncorrected_stays_and_says_so()
    {
        var sessions = await Samples.OrderDeskAsync();
        var first = await Samples.AskAsync(Samples.Request(sessions));
        // Every second refund only: the counts are too small for the corrected bound.
        var fewer = sessions.Where((session, i) => i % 2 == 0 || !session.Digest.Called("issue_refund")).ToList();

        Assert.True((await Samples.AskAsync(Samples.Request(fewer))).NothingToSay);
        var answer = await Samples.AskAsync(Samples.Request(fewer) with { Current = Accept(first) });
        var kept = Only(answer);

        Assert.Equal(Only(first).Id, kept.Id);
        Assert.Contains("uncorrected; held corrected before", answer.Answer.GetProperty("metadata").GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_text_that_no_longer_holds_is_taken_back()
    {
        var sessions = await Samples.OrderDeskAsync();
        var first = await Samples.AskAsync(Samples.Request(sessions));

        var later = await Samples.AskAsync(Samples.Request(Samples.Shuffled(sessions, 3)) with { Current = Accept(first) });

        var text = later.Answer.GetProperty("student_pamphlet").GetString()!;
        Assert.DoesNotContain("check_payment", text, StringComparison.Ordinal);
        Assert.Contains("stands out at present", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_taken_back_must_pass_the_corrected_bound_again()
    {
        var sessions = await Samples.OrderDeskAsync();
        var fewer = sessions.Where((session, i) => i % 2 == 0 || !session.Digest.Called("issue_refund")).ToList();
        var first = Accept(await Samples.AskAsync(Samples.Request(sessions)));
        var takenBack = Accept(await Samples.AskAsync(Samples.Request(Samples.Shuffled(sessions, 3)) with { Current = first }));

        var later = await Samples.AskAsync(Samples.Request(fewer) with { Current = takenBack with { Entries = first.Entries } });

        Assert.Empty(later.Answer.GetProperty("playbook_entries").EnumerateArray());
        Assert.DoesNotContain("check_payment", later.Answer.GetProperty("student_pamphlet").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tool_that_the_agents_do_not_have_gets_no_entry()
    {
        var request = Samples.Request(await Samples.OrderDeskAsync()) with { RuntimeHandles = ["issue_refund", "find_order"] };

        var answer = (await Samples.AskAsync(request)).Answer;

        Assert.Empty(answer.GetProperty("playbook_entries").EnumerateArray());
        Assert.Contains("check_payment is not among the agents' tools", answer.GetProperty("metadata").GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tool_is_spelt_as_the_agents_spell_it()
    {
        var request = Samples.Request(await Samples.OrderDeskAsync()) with
        {
            Options = new LearningOptions { Schema = new EntrySchemaOptions { AllowedRuntimeHandles = ["Check_Payment"] } },
        };

        Assert.Equal("Check_Payment", Only(await Samples.AskAsync(request)).Action.RuntimeHandle);
    }

    [Fact]
    public async Task Without_regular_expressions_the_cue_is_one_word()
    {
        var request = Samples.Request(await Samples.OrderDeskAsync()) with
        {
            Options = new LearningOptions { Schema = new EntrySchemaOptions { CueTypes = ["keyword"] } },
        };

        var cue = Only(await Samples.AskAsync(request)).Cue;

        Assert.Equal(("keyword", "refund"), (cue.Type, cue.Pattern));
    }

    internal static PlaybookEntry Only(SynthesisAnswer answer) =>
        Assert.Single(answer.Answer.GetProperty("playbook_entries").Deserialize<PlaybookEntry[]>(AtlasJson.Options)!);

    internal static LearnedPlaybook Accept(SynthesisAnswer answer) => new()
    {
        StudentPreface = answer.Answer.GetProperty("student_pamphlet").GetString()!,
        TeacherPreface = answer.Answer.GetProperty("teacher_pamphlet").GetString(),
        Entries = [.. answer.Answer.GetProperty("playbook_entries").Deserialize<PlaybookEntry[]>(AtlasJson.Options)!],
        Metadata = answer.Answer.GetProperty("metadata").EnumerateObject().ToImmutableSortedDictionary(property => property.Name, property => property.Value, StringComparer.Ordinal),
    };
}
