using System.Text.Json;
using Atlas.Domain;
using Atlas.Learning.Options;
using Atlas.Learning.Synthesis;
using Atlas.Models.Synthesis;
using Atlas.Testing.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;
using Xunit;
using SynthesisAnswer = Atlas.Models.Synthesis.SynthesisAnswer;

namespace Atlas.Models.Tests.Synthesis.Llm;

public sealed partial class LlmSynthesizerTests
{
    [Theory]
    [InlineData("", "gave an empty answer")]
    [InlineData("I cannot help with that.", "contains no playbook")]
    [InlineData("{\"error\":\"overloaded\"}", "contains no playbook")]
    public async Task An_answer_without_a_playbook_is_an_error(string text, string why)
    {
        var failure = await Assert.ThrowsAsync<SynthesisException>(() => AskAsync(text));

        Assert.Contains(why, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_is_named()
    {
        await using var server = await ScriptedServer.StartAsync(Answers.OpenAI(null, refusal: "I will not."));

        Assert.Equal("openai (model 'gpt-test') refused to answer: I will not.", (await Assert.ThrowsAsync<SynthesisException>(() => AskAsync(server))).Message);
    }

    [Fact]
    public async Task A_provider_in_trouble_is_an_error_with_its_sentence()
    {
        await using var server = await ScriptedServer.StartAsync(Answers.Error(503, "maintenance"));

        Assert.Equal(
            "openai (model 'gpt-test') had an internal error (status 503): maintenance",
            (await Assert.ThrowsAsync<SynthesisException>(() => AskAsync(server))).Message);
    }

    [Fact]
    public async Task No_change_is_nothing_to_say()
    {
        var answer = await AskAsync("""{"version":"playbook_entry.v1","student_pamphlet":null,"teacher_pamphlet":null,"playbook_entries":[],"metadata":null}""");

        Assert.True(answer.NothingToSay);
        Assert.Equal("The model saw 2 sessions and proposed no change.", answer.Summary);
    }

    [Fact]
    public async Task Entries_that_a_cut_off_answer_did_not_get_to_stand()
    {
        var current = Request.Current with { Entries = [Known("e1"), Known("e2")] };
        var whole = Answer(Entry.Replace("\"id\":null", "\"id\":\"e1\"", StringComparison.Ordinal) + "," + Entry);
        var cut = whole[..(whole.LastIndexOf("\"id\":null", StringComparison.Ordinal) + 60)];

        var ids = Ids(await AskAsync(cut, Request with { Current = current }));
        var given = Ids(await AskAsync(whole, Request with { Current = current }));

        Assert.Equal(["e1"], ids);
        Assert.Equal(["e1", null], given);
        var result = SynthesisAcceptance.Apply(current, current, (await AskAsync(cut, Request with { Current = current })).Answer, new SynthesisContext
        {
            Now = DateTimeOffset.UnixEpoch,
            RuntimeHandles = Request.RuntimeHandles,
        });
        Assert.Equal(["e1", "e2"], result.Playbook.Entries.Select(entry => entry.Id));
    }

    [Fact]
    public async Task Operations_on_entries_are_taken_as_they_are()
    {
        var current = Request.Current with { Entries = [Known("e1"), Known("e2")] };
        var entry = Entry.Replace("\"id\":null,", "", StringComparison.Ordinal);
        var answer = await AskAsync($$"""{"version":"playbook_operations.v1","add_entries":[{{entry}}],"revise_entries":[],"retire_entries":[{"id":"e2","reason":"It failed twice."}],"session_student_learning":null,"session_teacher_learning":null}""", Request with { Current = current });

        Assert.False(answer.NothingToSay);
        Assert.Equal("The model saw 2 sessions and proposed 1 entry and to retire 1.", answer.Summary);
        var result = SynthesisAcceptance.Apply(current, current, answer.Answer, new SynthesisContext { Now = DateTimeOffset.UnixEpoch, RuntimeHandles = Request.RuntimeHandles });
        Assert.Equal("e1", result.Playbook.Entries[0].Id);
        Assert.Equal("the order", result.Playbook.Entries[1].Action.Arguments["order"].GetString());
        Assert.Equal(2, result.Playbook.Entries.Length);
    }

    [Fact]
    public async Task An_answer_that_used_up_its_tokens_counts_as_cut_off()
    {
        await using var server = await ScriptedServer.StartAsync(Answers.OpenAI(Answer(Entry), finish: "length"));

        var answer = await AskAsync(server);

        Assert.True((bool)answer.Audit!["cut_off"]!);
        Assert.Equal("The model saw 2 sessions and proposed 1 entry; its answer was cut off.", answer.Summary);
    }

    [Fact]
    public async Task Anthropic_is_asked_in_its_own_form_and_its_refusal_is_named()
    {
        await using var server = await ScriptedServer.StartAsync(Answers.Anthropic(Answer(Entry)), Answers.Anthropic("", stop: "refusal"));
        Func<LlmParameters, LlmParameters> anthropic = parameters => parameters with
        {
            Provider = LlmProvider.Anthropic,
            Model = "claude-test",
            ApiBase = server.Address.AbsoluteUri,
            MaxOutputTokens = 900,
        };

        Assert.Equal(new TokenUsage(1, 13, 5), (await AskAsync(server, anthropic)).Usage);
        var refused = await Assert.ThrowsAsync<SynthesisException>(() => AskAsync(server, anthropic));

        Assert.Equal("anthropic (model 'claude-test') refused to answer (stop_reason refusal).", refused.Message);
        var sent = server.Requests[0].Json;
        Assert.Equal(["max_tokens", "messages", "model", "output_config", "system"], sent.EnumerateObject().Select(member => member.Name).Order(StringComparer.Ordinal));
        Assert.Equal(900, sent.GetProperty("max_tokens").GetInt32());
        AssertStrict(sent.GetProperty("output_config").GetProperty("format").GetProperty("schema"));
    }

    [Fact]
    public async Task A_word_boundary_that_was_escaped_once_is_mended()
    {
        var answer = await AskAsync(Answer(Entry.Replace(@"\\b", @"\b", StringComparison.Ordinal)));

        Assert.Equal(@"\brefund\b", answer.Answer.GetProperty("playbook_entries")[0].GetProperty("cue").GetProperty("pattern").GetString());
    }
}
