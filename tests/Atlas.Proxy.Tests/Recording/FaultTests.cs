using System.Text.Json;
using Atlas.Proxy.Recording;
using Atlas.Proxy.Sessions;
using Atlas.Proxy.Tests.Harness;
using Atlas.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Atlas.Proxy.Tests.Recording;

/// <summary>Records stay right when something goes wrong: the database, a client that leaves, text that is no text.</summary>
public sealed class FaultTests
{
    private const string Body = """{"model":"m","messages":[{"role":"user","content":"hi"}]}""";

    [Fact]
    public async Task What_follows_the_events_can_fail_and_they_are_stored_once()
    {
        await using var house = await House.StartAsync();
        house.Upstream.Answer = (context, _) => Replies.Chat("Done.")(context);
        var path = $"proxy/k/{Uri.EscapeDataString(House.NewKey())}/openai/v1/chat/completions";
        await house.Database.ExecuteAsync("ALTER TABLE session_responses RENAME TO session_responses_away");
        using var first = await house.PostAsync(path, Body, ("x-session-affinity", "once"));
        await first.TextAsync();
        var session = first.Head("x-atlas-session-id")!;
        await house.EventsAsync(session, "model_call");
        using var second = await house.PostAsync(path, Body, ("x-session-affinity", "once"));
        await second.TextAsync();
        await house.Database.ExecuteAsync("ALTER TABLE session_responses_away RENAME TO session_responses");
        using var completed = await house.PostAsync($"v1/sessions/{session}/complete", """{"status":"succeeded"}""");
        await completed.TextAsync();
        Assert.Equal(2, (await house.EventsAsync(session, "model_call", 2)).Length);
        Assert.Equal(2L, await house.Database.ScalarAsync<long>("SELECT count(*) FROM session_responses WHERE session_id = $1", long.Parse(session)));
    }

    [Fact]
    public async Task A_client_that_leaves_with_the_last_event_has_all_of_the_answer()
    {
        await using var house = await House.StartAsync();
        house.Upstream.Answer = async (context, _) =>
        {
            context.Response.ContentType = "text/event-stream";
            await context.Response.WriteAsync(Replies.Data(new { id = "chatcmpl-all", choices = new[] { new { index = 0, delta = new { content = "All of it." }, finish_reason = "stop" } } }) + "data: [DONE]\n\n");
            await context.Response.Body.FlushAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        };
        string session;
        using (var client = house.NewClient())
        using (var request = new HttpRequestMessage(HttpMethod.Post, $"proxy/k/{Uri.EscapeDataString(House.NewKey())}/openai/v1/chat/completions") { Content = new StringContent(Body) })
        using (var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead))
        {
            session = response.Head("x-atlas-session-id")!;
            using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
            while (await reader.ReadLineAsync() != "data: [DONE]")
            {
            }
        }

        var call = (await house.EventsAsync(session, "model_call"))[0].GetProperty("data").GetProperty("output");
        Assert.Equal((JsonValueKind.Null, true), (call.GetProperty("error").ValueKind, call.GetProperty("whole").GetBoolean()));
        await Eventually.TrueAsync(async () => (await house.SessionAsync(session)).GetProperty("status").GetString() == "succeeded", TimeSpan.FromSeconds(20), "the session has succeeded");
    }

    [Theory]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":"a\ud800b"},{"role":"assistant","content":null,"tool_calls":[{"id":"c","type":"function","function":{"name":"t","arguments":"{\"x\":\"\\ud800\"}"}}]},{"role":"tool","tool_call_id":"c","content":"{\"y\":\"\\udc00\"}"}]}""")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":[{"type":"text","text":"a\ud800b"}]}]}""")]
    public async Task Text_with_half_a_character_is_recorded_and_stops_no_call(string body)
    {
        await using var house = await House.StartAsync("prefix_chain: true");
        house.Upstream.Answer = (context, _) => Replies.Json("""{"id":"chatcmpl-half","choices":[{"index":0,"finish_reason":"stop","message":{"role":"assistant","content":"So \ud83d it is."}}]}""")(context);
        using var answer = await house.PostAsync($"proxy/k/{Uri.EscapeDataString(House.NewKey())}/openai/v1/chat/completions", body);
        await answer.TextAsync();
        Assert.Equal(body, house.Upstream.Last.Text);
        var session = answer.Head("x-atlas-session-id")!;
        Assert.Equal("a\ufffdb", (await house.EventsAsync(session, "user_message"))[0].GetProperty("data").GetProperty("output").GetString());
        Assert.Equal("So \ufffd it is.", (await house.EventsAsync(session, "LLM_END"))[0].GetProperty("data").GetProperty("output").GetString());
    }

    [Fact]
    public async Task A_session_that_has_ended_is_held_by_nothing()
    {
        await using var house = await House.StartAsync();
        house.Upstream.Answer = (context, _) => Replies.Response("Done.", "resp_held")(context);
        var (clues, live) = (house.Silo.Services.GetRequiredService<SessionClues>(), house.Silo.Services.GetRequiredService<LiveSessions>());
        var key = House.NewKey();
        using var answer = await house.PostAsync($"proxy/k/{Uri.EscapeDataString(key)}/openai/v1/responses", """{"model":"m","input":"hi"}""");
        await answer.TextAsync();
        var session = answer.Head("x-atlas-session-id")!;
        var held = Assert.Single(live.All);
        var clue = SessionClues.OfResponse(held.Owner, held.Playbook.LearningKey, "resp_held");
        await Eventually.TrueAsync(() => Task.FromResult(clues.TryGet(clue, out var known) && known == held), TimeSpan.FromSeconds(20), "the answer leads to its session");
        using var completed = await house.PostAsync($"v1/sessions/{session}/complete", """{"status":"succeeded"}""");
        await completed.TextAsync();
        Assert.True(clues.TryGet(clue, out var gone));
        Assert.Null(gone);
        Assert.Empty(live.All);

        // An answer that was still on its way brings nothing back.
        clues.Set("late", held);
        Assert.False(clues.TryGet("late", out _));
    }

    [Fact]
    public async Task Calls_without_a_session_are_not_held()
    {
        await using var house = await House.StartAsync("unknown_session: none");
        using var answer = await house.PostAsync($"proxy/k/{Uri.EscapeDataString(House.NewKey())}/openai/v1/chat/completions", Body);
        await answer.TextAsync();
        Assert.Null(answer.Head("x-atlas-session-id"));
        Assert.Empty(house.Silo.Services.GetRequiredService<LiveSessions>().All);
    }

    [Fact]
    public void What_a_model_wrote_is_counted_whether_it_is_text_or_not()
    {
        var chat = new ChatAnswer();
        chat.Take("", """{"choices":[{"index":0,"delta":{"reasoning_content":"12345","content":"1234"}},{"index":1,"delta":{"content":"123"}}]}"""u8);
        chat.Take("", """{"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"c","function":{"name":"t","arguments":"{\"a\":1}"}}]}}]}"""u8);
        Assert.Equal((5 + 4 + 3 + 7, "1234"), (chat.Length, chat.Text));

        var messages = new MessagesAnswer();
        messages.Take("", """{"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"123"}}"""u8);
        messages.Take("", """{"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":"{\"a\""}}"""u8);
        Assert.Equal(3 + 4, messages.Length);

        var responses = new ResponsesAnswer();
        responses.Take("", """{"type":"response.reasoning_summary_text.delta","delta":"123"}"""u8);
        responses.Take("", """{"type":"response.function_call_arguments.delta","delta":"{}"}"""u8);
        responses.Take("", """{"type":"response.output_text.delta","delta":"1234"}"""u8);
        Assert.Equal((3 + 2 + 4, "1234"), (responses.Length, responses.Text));
    }
}
