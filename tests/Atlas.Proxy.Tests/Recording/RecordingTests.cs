using System.Text.Json;
using Atlas.Proxy.Tests.Harness;
using Atlas.Testing;
using Xunit;

namespace Atlas.Proxy.Tests.Recording;

/// <summary>What is recorded of the calls that pass: messages, tools and their results, tokens, cues, outcomes.</summary>
public sealed class RecordingTests(SharedHouse shared) : IClassFixture<SharedHouse>
{
    private House House => shared.House;

    [Theory]
    [InlineData("chat", false)]
    [InlineData("chat", true)]
    [InlineData("responses", false)]
    [InlineData("responses", true)]
    [InlineData("messages", false)]
    [InlineData("messages", true)]
    public async Task Tools_are_recorded_with_the_results_that_the_next_request_brings(string protocol, bool streams)
    {
        var key = House.NewKey();
        var talk = new Talk(House, protocol, key, streams);
        var session = await talk.AskAsync("Refund order 1042", Turns.Call(protocol, streams, "call_1", "get_order", """{"id":1042,"deep":{"a":[1,2]}}"""));
        await talk.AnswerAsync("call_1", """{"status":"paid"}""", Turns.Say(protocol, streams, "It is paid, "));
        await House.EventsAsync(session, "model_call", 2);

        Assert.Equal("Refund order 1042", Output(await House.EventsAsync(session, "user_message")).GetString());
        var start = (await House.EventsAsync(session, "TOOL_START"))[0];
        Assert.Equal("get_order", start.GetProperty("name").GetString());
        Assert.Equal(2, start.GetProperty("data").GetProperty("input").GetProperty("deep").GetProperty("a")[1].GetInt32());
        var end = (await House.EventsAsync(session, "TOOL_END"))[0];
        Assert.Equal(("get_order", "paid"), (end.GetProperty("name").GetString(), end.GetProperty("data").GetProperty("output").GetProperty("status").GetString()));
        Assert.Equal("It is paid, 🙂 done.", Output(await House.EventsAsync(session, "LLM_END")).GetString());
        var calls = await House.EventsAsync(session, "model_call", 2);
        Assert.All(calls, call => Assert.True(call.GetProperty("data").GetProperty("output").GetProperty("whole").GetBoolean(), call.GetRawText()));
        Assert.All(calls, call => Assert.Equal(streams, call.GetProperty("data").GetProperty("output").GetProperty("streamed").GetBoolean()));
        var usage = calls[1].GetProperty("usage_info").GetProperty("token_usage");
        Assert.Equal((105L, 90L, 7L), (usage.GetProperty("prompt_tokens").GetInt64(), usage.GetProperty("cached_prompt_tokens").GetInt64(), usage.GetProperty("completion_tokens").GetInt64()));
        Assert.NotNull(calls[1].GetProperty("data").GetProperty("output").GetProperty("stop_reason").GetString());
    }

    [Fact]
    public async Task A_reward_reaches_the_session_by_number_and_by_the_id_of_an_answer()
    {
        var key = House.NewKey();
        var id = Replies.NextId("chatcmpl-");
        House.Upstream.Answer = (context, _) => Replies.Chat("Done.", id)(context);
        using var answer = await House.PostAsync($"proxy/k/{Uri.EscapeDataString(key)}/openai/v1/chat/completions", """{"model":"m","messages":[{"role":"user","content":"hi"}]}""", ("x-session-affinity", "r"));

        // At once: what the call left behind is stored before the session ends.
        using var completed = await House.PostAsync($"v1/sessions/{answer.Head("x-atlas-session-id")}/complete", """{"status":"succeeded","final_answer":"Done."}""");
        await completed.TextAsync();
        Assert.NotEmpty(await House.EventsAsync(answer.Head("x-atlas-session-id")!, "model_call"));
        using var rewarded = await House.PostAsync($"v1/sessions/{id}/reward", """{"score":0.75}""");
        Assert.Equal(answer.Head("x-atlas-session-id"), JsonElement.Parse(await rewarded.TextAsync()).GetProperty("session_id").GetRawText());
        Assert.Equal(0.75, (await House.SessionAsync(answer.Head("x-atlas-session-id")!)).GetProperty("score").GetDouble());
    }

    [Fact]
    public async Task A_call_that_names_no_session_is_one_that_ends_with_its_answer()
    {
        House.Upstream.Answer = (context, _) => Replies.Chat("The whole answer.")(context);
        using var answer = await House.PostAsync($"proxy/k/{Uri.EscapeDataString(House.NewKey())}/openai/v1/chat/completions", """{"model":"m","messages":[{"role":"user","content":"hi"}]}""");
        var session = answer.Head("x-atlas-session-id")!;
        await Eventually.TrueAsync(async () => (await House.SessionAsync(session)).GetProperty("status").GetString() == "succeeded", TimeSpan.FromSeconds(20), "the session has ended");
        var stored = await House.SessionAsync(session);
        Assert.Equal("The whole answer.", stored.GetProperty("final_answer").GetString());
        Assert.Equal(25, stored.GetProperty("metadata").GetProperty("token_usage").GetProperty("total_tokens").GetInt32());
        Assert.Equal("call", stored.GetProperty("metadata").GetProperty("proxy").GetProperty("rung").GetString());
    }

    [Fact]
    public async Task A_session_that_is_silent_after_a_final_answer_ends_well_and_one_with_open_tools_does_not()
    {
        await using var house = await House.StartAsync("session_idle_seconds: 1.5");
        var key = House.NewKey();
        var done = new Talk(house, "messages", key, streams: false);
        var open = new Talk(house, "messages", key, streams: false);
        var (first, second) = (await done.AskAsync("One", Turns.Say("messages", false, "Fine, ")), await open.AskAsync("Two", Turns.Call("messages", false, "toolu_1", "look", "{}")));
        await Eventually.TrueAsync(async () => (await house.SessionAsync(first)).GetProperty("status").GetString() == "succeeded", TimeSpan.FromSeconds(20), "the session has ended");
        Assert.Equal("Fine, 🙂 done.", (await house.SessionAsync(first)).GetProperty("final_answer").GetString());
        Assert.Equal("running", (await house.SessionAsync(second)).GetProperty("status").GetString());
    }

    [Fact]
    public async Task Secrets_in_what_is_said_are_not_stored_and_keys_in_headers_are_nowhere()
    {
        await using var house = await House.StartAsync();
        const string Secret = "sk-proj-Zx81mmQpL0sTuVwXyZaBcDeFgHiJkLmNoPqRsTuVwXyZ0123456789abcdEFGH";
        house.Upstream.Answer = (context, _) => Replies.Chat($"Your key is {Secret}.")(context);
        using var answer = await house.PostAsync(
            $"proxy/k/{Uri.EscapeDataString(House.NewKey())}/openai/v1/chat/completions", $$"""{"model":"m","messages":[{"role":"user","content":"My key is {{Secret}}"}]}""", ("Authorization", "Bearer sk-header-1234567890abcdef"));
        await house.EventsAsync(answer.Head("x-atlas-session-id")!, "model_call");
        Assert.Contains(Secret, house.Upstream.Last.Text, StringComparison.Ordinal);
        foreach (var table in new[] { "sessions", "trajectory_events", "session_responses", "audit_log" })
        {
            Assert.Equal(0, await house.Database.ScalarAsync<long>($"SELECT count(*) FROM {table} t WHERE t::text LIKE $1 OR t::text LIKE '%sk-header%'", $"%{Secret}%"));
        }
    }

    [Fact]
    public async Task A_session_that_ended_badly_upstream_is_recorded_with_what_is_known()
    {
        House.Upstream.Answer = (context, _) => Replies.Json("""{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}""", 529)(context);
        using var answer = await House.PostAsync($"proxy/k/{Uri.EscapeDataString(House.NewKey())}/anthropic/v1/messages", """{"model":"m","messages":[{"role":"user","content":"hi"}]}""");
        var session = answer.Head("x-atlas-session-id")!;
        var call = (await House.EventsAsync(session, "model_call"))[0].GetProperty("data").GetProperty("output");
        Assert.Equal((529, "overloaded_error"), (call.GetProperty("status").GetInt32(), call.GetProperty("error").GetString()));
        await Eventually.TrueAsync(async () => (await House.SessionAsync(session)).GetProperty("status").GetString() == "failed", TimeSpan.FromSeconds(20), "the session has failed");
    }

    private static JsonElement Output(JsonElement[] events) => events[^1].GetProperty("data").GetProperty("output");
}
