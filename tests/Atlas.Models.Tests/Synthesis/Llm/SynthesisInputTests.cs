using Atlas.Domain;
using System.Text.Json;
using Atlas.Domain.Playbooks;
using Atlas.Learning.Synthesis;
using Atlas.Models.Providers;
using Atlas.Models.Synthesis;
using Atlas.Models.Synthesis.Llm;
using Atlas.Models.Tests.Wire;
using Xunit;

namespace Atlas.Models.Tests.Synthesis.Llm;

/// <summary>The budget of tokens.</summary>
public sealed class SynthesisInputTests
{
    private static readonly SynthesisRequest Large = new()
    {
        LearningKey = "key",
        Current = new LearnedPlaybook
        {
            StudentPreface = "Be polite.",
            Entries = [.. Enumerable.Range(1, 400).Select(i => LlmSynthesizerTests.Known($"e{i}", $"Do the thing number {i} with all care."))],
        },
        Sessions = [.. Enumerable.Range(1, 200).Reverse().Select(id => Samples.Session(id, id % 2, $"Task {id}: {string.Concat(Enumerable.Repeat("refund an order 💡 ", 60))}", "look", "act"))],
        PendingSessionIds = [.. Enumerable.Range(101, 100).Select(id => (long)id)],
    };

    [Theory]
    [InlineData(2_000)]
    [InlineData(8_000)]
    [InlineData(24_000)]
    public void The_data_stays_within_the_budget(int tokens)
    {
        var input = SynthesisInput.Of(Large, new LlmSynthesizerOptions { InputTokens = tokens });

        var real = TokenCounter.Count(DelimitedJson.Text(input.Data));
        Assert.InRange(real, tokens / 4, tokens * 105 / 100);
        Assert.InRange(input.Sessions, 1, 60);
        Assert.NotEmpty(input.ShownEntries);
    }

    [Fact]
    public void The_newest_sessions_go_first()
    {
        var input = SynthesisInput.Of(Large, new LlmSynthesizerOptions { InputTokens = 8_000 });

        var ids = input.Data["latest_sessions"]!.AsArray().Select(session => (long)session!["session"]!).ToList();
        Assert.Equal(Enumerable.Range(0, ids.Count).Select(i => 200L - i), ids);
    }

    [Fact]
    public void With_room_for_all_as_many_old_sessions_are_shown_as_configured()
    {
        var input = SynthesisInput.Of(Large, new LlmSynthesizerOptions { InputTokens = 500_000, MostNewSessions = 30 });

        Assert.Equal(30, input.Data["latest_sessions"]!.AsArray().Count);
        Assert.Equal(Large.Options.HistoryLimit, input.Data["history"]!["entries"]!.AsArray().Count);
        Assert.Equal(400, input.ShownEntries.Count);
    }

    [Fact]
    public void New_sessions_beyond_the_bound_come_before_older_ones_in_the_history()
    {
        var input = SynthesisInput.Of(Large, new LlmSynthesizerOptions { InputTokens = 500_000, MostNewSessions = 95 });

        Assert.Equal(95, input.Data["latest_sessions"]!.AsArray().Count);
        var past = input.Data["history"]!["entries"]!.AsArray().Select(session => (long)session!["session"]!);
        Assert.Equal([105, 104, 103, 102, 101, 100, 99, 98, 97, 96], past);
    }

    [Fact]
    public async Task Entries_that_found_no_room_stand_because_nobody_speaks_of_them()
    {
        using var client = ScriptedChatClient.Saying("""{"playbook_entries":[{"id":"new","audience":"student","cue":"refund","action":"Check."}]}""");

        var answer = await new LlmSynthesizer(client, new LlmSynthesizerOptions { InputTokens = 4_000 }).SynthesizeAsync(Large, TestContext.Current.CancellationToken);

        var shown = LlmSynthesizerTests.Data(client.Calls[0].Messages[1].Text).GetProperty("current_playbook_entries").GetArrayLength();
        Assert.InRange(shown, 1, 100);
        Assert.Equal(1, answer.Answer.GetProperty("playbook_entries").GetArrayLength());
        var result = SynthesisAcceptance.Apply(Large.Current, Large.Current, answer.Answer, new SynthesisContext { Now = DateTimeOffset.UnixEpoch, RuntimeHandles = Large.RuntimeHandles });
        Assert.Equal(400, result.Playbook.Entries.Length);
    }

    [Fact]
    public async Task A_playbook_that_leaves_no_room_for_a_session_is_said()
    {
        using var client = ScriptedChatClient.Saying("{}");
        var request = Large with { Current = new LearnedPlaybook { StudentPreface = string.Concat(Enumerable.Repeat("Be polite. ", 2_000)) } };

        var failure = await Assert.ThrowsAsync<SynthesisException>(() =>
            new LlmSynthesizer(client, new LlmSynthesizerOptions { InputTokens = 1_000 }).SynthesizeAsync(request, TestContext.Current.CancellationToken));

        Assert.Equal("The playbook of 'key' leaves no room for a session within 1000 input tokens. Raise the synthesizer's limit.", failure.Message);
        Assert.Empty(client.Calls);
    }

    [Fact]
    public void Quarantined_sessions_and_scores_out_of_range_are_not_shown()
    {
        var request = Large with
        {
            Sessions =
            [
                Samples.Session(3, double.NaN, "a", "t"),
                Samples.Session(2, 1, "b", "t") with { ReviewStatus = ReviewStatus.Quarantined },
                Samples.Session(1, 1, "c", "t"),
            ],
        };

        Assert.Equal(1, SynthesisInput.Of(request, new LlmSynthesizerOptions()).Sessions);
    }

    [Fact]
    public void Bookkeeping_is_not_shown_and_entries_are_shown_once()
    {
        var metadata = Large.Current.Metadata
            .Add("playbook_summary", JsonElement.Parse("""{"passed":3}"""))
            .Add("notes", JsonElement.Parse("""{"why":"kept"}"""));

        var input = SynthesisInput.Of(Large with { Current = Large.Current with { Metadata = metadata, Entries = [LlmSynthesizerTests.Known("only")] } }, new LlmSynthesizerOptions());

        Assert.Equal("""{"notes":{"why":"kept"}}""", input.Data["pamphlet_metadata"]!.ToJsonString());
        Assert.Equal(1, input.Data.ToJsonString().Split("\"only\"").Length - 1);
    }
}
