using System.Text.Json.Nodes;
using Atlas.Client.Tests.Harness;
using Atlas.Contracts.Sessions;
using Atlas.Domain;
using Atlas.Domain.Sessions;
using Microsoft.Extensions.AI;
using Xunit;

namespace Atlas.Client.Tests.Chat;

public sealed class RecordingTests
{
    private const string Entries = """
        [
          {"id": "e1", "audience": "student", "cue": {"type": "keyword", "pattern": "order"},
           "action": {"imperative": "Look it up.", "runtime_handle": "get_order"}, "expected_effect": "", "scope": {"category": "reinforcement", "constraints": ""}},
          {"id": "e2", "audience": "teacher", "cue": {"type": "keyword", "pattern": "order"},
           "action": {"imperative": "Ask.", "runtime_handle": "get_order"}, "expected_effect": "", "scope": {"category": "reinforcement", "constraints": ""}},
          {"id": "e3", "audience": "student", "cue": {"type": "keyword", "pattern": "Look the"},
           "action": {"imperative": "Refund.", "runtime_handle": "refund"}, "expected_effect": "", "scope": {"category": "reinforcement", "constraints": ""}}
        ]
        """;

    private static readonly AITool GetOrder = AIFunctionFactory.Create((string id) => $"Order {id} was shipped.", "get_order");
    private static readonly AITool Broken = AIFunctionFactory.Create(string (string id) => throw new InvalidOperationException("no such order"), "get_order");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_tool_call_is_recorded_once_whether_functions_are_called_inside_or_outside(bool inside)
    {
        using var place = TwoTurns();
        await RunAsync(place, inside, GetOrder);
        Assert.Equal(
            ["LLM_END student I look it up.", "TOOL_START get_order", "TOOL_END get_order Order 1042 was shipped.", "LLM_END student It was shipped."],
            place.Atlas.Session.Events);
        Assert.Equal(SessionStatus.Succeeded, place.Atlas.Session.Completion!.Status);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Cues_and_adoptions_count_once_and_for_their_audience_only(bool inside)
    {
        using var place = TwoTurns();
        await RunAsync(place, inside, GetOrder);
        Assert.Equal((1, 1, 0), Counters(place, "student", "e1"));
        Assert.Equal((0, 0, 0), Counters(place, "student", "e3"));
        Assert.Equal((0, 0, 0), Counters(place, "teacher", "e2"));
        Assert.Null(place.Atlas.Session.Usage!["roles"]!["student"]!["e2"]);
        Assert.Equal(0.9, place.Atlas.Session.Usage["session"]!["reward_score"]!.GetValue<double>());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_tool_that_throws_is_a_failed_adoption(bool inside)
    {
        using var place = TwoTurns();
        await RunAsync(place, inside, Broken);
        Assert.Equal((1, 0, 1), Counters(place, "student", "e1"));
    }

    [Fact]
    public async Task Without_usage_tracking_tokens_are_not_stored_either()
    {
        using var place = new ChatPlace(ScriptedChatClient.Text("It was shipped.", tokens: 20));
        await using var session = await place.Build(options => options.UsageTracking = new() { Enabled = false }).StartAtlasSessionAsync(ChatPlace.Task);
        await session.GetResponseAsync("Where is it?");
        await session.CompleteAsync("It was shipped.", 1);
        Assert.Null(place.Atlas.Session.Usage);
    }

    [Fact]
    public async Task A_session_that_is_resumed_under_its_external_id_adds_to_the_events_that_are_stored()
    {
        using var place = new ChatPlace();
        foreach (var text in new[] { "First.", "Second." })
        {
            // As two processes would.
            await using var session = await place.Build().StartAtlasSessionAsync(new StartSession(ChatPlace.Task, ExternalId: "conversation-1"));
            await session.GetResponseAsync(text);
        }

        Assert.Equal(2, place.Atlas.Session.Events.Count);
    }

    [Fact]
    public async Task A_tool_that_never_answers_is_a_failed_adoption()
    {
        using var place = TwoTurns();
        await using var session = await place.Build().StartAtlasSessionAsync(ChatPlace.Task);
        await session.GetResponseAsync("Go on.");
        await session.CompleteAsync("Gave up.");
        Assert.Equal((1, 0, 1), Counters(place, "student", "e1"));
    }

    [Fact]
    public async Task An_injected_block_in_what_the_user_says_is_no_cue()
    {
        using var place = new ChatPlace();
        place.Atlas.Give(Entries);
        await using var session = await place.Build().StartAtlasSessionAsync("Help me.");
        await session.GetResponseAsync($"I read:\n{place.Atlas.Playbook.Student!.Block}");
        await session.CompleteAsync("Done.");
        Assert.Equal((0, 0, 0), Counters(place, "student", "e1"));
    }

    [Fact]
    public async Task Tokens_are_summed_over_the_calls()
    {
        using var place = new ChatPlace(ScriptedChatClient.Text("One.", 30), ScriptedChatClient.Text("Two.", 12));
        await using var session = await place.Build().StartAtlasSessionAsync(ChatPlace.Task);
        await session.GetResponseAsync("First.");
        await session.GetResponseAsync("Second.");
        await session.CompleteAsync("Done.");
        var tokens = place.Atlas.Session.Usage!["session"]!["token_usage"]!;
        Assert.Equal((42, 2), (tokens["total_tokens"]!.GetValue<double>(), tokens["calls"]!.GetValue<double>()));
    }

    [Fact]
    public async Task A_stream_is_passed_on_word_by_word_and_recorded_as_one_message()
    {
        using var place = new ChatPlace(ScriptedChatClient.Text("It was shipped."));
        await using var session = await place.Build().StartAtlasSessionAsync(ChatPlace.Task);
        var words = new List<string>();
        await foreach (var update in session.GetStreamingResponseAsync("Where is it?"))
        {
            words.Add(update.Text);
        }

        await session.CompleteAsync("It was shipped.");
        Assert.Equal(["It ", "was ", "shipped. "], words);
        Assert.Equal(["LLM_END student It was shipped."], place.Atlas.Session.Events.Select(line => line.Trim()));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_tool_that_is_called_in_a_stream_is_recorded_and_adopted_once(bool inside)
    {
        using var place = TwoTurns();
        await using var session = await Calling(place, inside).StartAtlasSessionAsync(ChatPlace.Task);
        await session.GetStreamingResponseAsync(ChatPlace.Task, new ChatOptions { Tools = [GetOrder] }).ToChatResponseAsync();
        await session.CompleteAsync("It was shipped.");
        Assert.Equal(["LLM_END", "TOOL_START", "TOOL_END", "LLM_END"], place.Atlas.Session.Events.Select(line => line.Split(' ')[0]));
        Assert.Equal((1, 1, 0), Counters(place, "student", "e1"));
    }

    [Fact]
    public async Task A_stream_that_breaks_off_fails_for_the_caller_and_is_recorded_as_far_as_it_came()
    {
        using var place = new ChatPlace(ScriptedChatClient.Text("It was shipped."));
        place.Model.BreaksOff = new IOException("connection lost");
        await using var session = await place.Build().StartAtlasSessionAsync(ChatPlace.Task);
        await Assert.ThrowsAsync<IOException>(() => session.GetStreamingResponseAsync("Where is it?").ToChatResponseAsync());
        await session.CompleteAsync(new CompleteSession(SessionStatus.Failed));
        Assert.Equal(["LLM_END student It"], place.Atlas.Session.Events.Select(line => line.Trim()));
    }

    [Fact]
    public async Task What_is_said_while_events_are_on_their_way_goes_with_the_next_batch()
    {
        using var place = new ChatPlace();
        var gate = new TaskCompletionSource();
        place.Atlas.Session.Hangs = gate.Task;
        await using var session = await place.Build().StartAtlasSessionAsync(ChatPlace.Task);
        for (var turn = 0; turn < 20; turn++)
        {
            await session.GetResponseAsync("Go on.");
        }

        gate.SetResult();
        await session.CompleteAsync("Done.");
        Assert.Equal(20, place.Atlas.Session.Events.Count);
        Assert.InRange(place.Atlas.Session.Batches.Count, 1, 2);
    }

    [Fact]
    public async Task A_session_that_is_not_completed_stores_its_events_and_stays_open()
    {
        using var place = new ChatPlace();
        await using (var session = await place.Build().StartAtlasSessionAsync(ChatPlace.Task))
        {
            await session.GetResponseAsync("Go on.");
        }

        Assert.Single(place.Atlas.Session.Events);
        Assert.Null(place.Atlas.Session.Completion);
    }

    [Fact]
    public async Task A_session_takes_key_and_agent_from_the_options_where_it_names_none()
    {
        using var place = new ChatPlace();
        var chat = place.Build(options => (options.LearningKey, options.Agent) = ("support/orders", "desk"));
        await using var first = await chat.StartAtlasSessionAsync("A task.");
        await using var second = await chat.StartAtlasSessionAsync(new StartSession("A task.", "own/key"));
        Assert.Equal([("support/orders", "desk"), ("own/key", "desk")], place.Atlas.Started.Select(start => (start.LearningKey, start.Agent)));
    }

    [Fact]
    public async Task A_chat_without_Atlas_says_what_is_missing()
    {
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => new ScriptedChatClient().StartAtlasSessionAsync("A task."));
        Assert.Contains("UseAtlas", failure.Message, StringComparison.Ordinal);
    }

    private static ChatPlace TwoTurns()
    {
        var place = new ChatPlace(ScriptedChatClient.Calls("get_order", "call-1", "I look it up."), ScriptedChatClient.Text("It was shipped."));
        place.Atlas.Give(Entries);
        return place;
    }

    private static async Task RunAsync(ChatPlace place, bool inside, AITool tool)
    {
        await using var session = await Calling(place, inside).StartAtlasSessionAsync(ChatPlace.Task);
        var answer = await session.GetResponseAsync(
            [new(ChatRole.System, "You help."), new(ChatRole.User, ChatPlace.Task)], new ChatOptions { Tools = [tool] });
        Assert.Equal(SessionStatus.Succeeded, (await session.CompleteAsync(answer.Text, 0.9))!.Status);
    }

    /// <summary>A chat that calls functions, further inside than Atlas or further outside.</summary>
    private static IChatClient Calling(ChatPlace place, bool inside) => inside
        ? place.Build(inside: pipeline => pipeline.UseFunctionInvocation())
        : place.Build(outside: pipeline => pipeline.UseFunctionInvocation());

    private static (int CueHits, int Successful, int Failed) Counters(ChatPlace place, string role, string entry)
    {
        JsonNode counters = place.Atlas.Session.Usage!["roles"]![role]![entry]!;
        return (counters["cue_hits"]!.GetValue<int>(), counters["successful_adoptions"]!.GetValue<int>(), counters["failed_adoptions"]!.GetValue<int>());
    }
}
