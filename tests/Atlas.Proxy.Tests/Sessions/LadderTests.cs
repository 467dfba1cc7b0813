using System.Net;
using System.Text.Json;
using Atlas.Proxy.Tests.Harness;
using Xunit;

namespace Atlas.Proxy.Tests.Sessions;

/// <summary>Each rung of both ladders: which learning key a call is about, and which session it belongs to.</summary>
public sealed class LadderTests(SharedHouse shared) : IClassFixture<SharedHouse>
{
    private const string Body = """{"model":"gpt-5.1","messages":[{"role":"user","content":"Refund order 1042"}]}""";

    private House House => shared.House;

    [Fact]
    public async Task The_learning_key_is_that_of_the_path_then_the_header_then_the_model_then_the_metadata()
    {
        House.Upstream.Answer = (context, _) => Replies.Chat("Done.")(context);
        var keys = Enumerable.Range(0, 4).Select(rung => House.NewKey($"rung{rung}/ü b")).ToArray();
        var model = $$"""{"model":"atlas::{{keys[2]}}::gpt-5.1","metadata":{"atlas_learning_key":"{{keys[3]}}"},"messages":[{"role":"user","content":"hi"}]}""";
        var metadata = $$"""{"model":"gpt-5.1","metadata":{"atlas_learning_key":"{{keys[3]}}"},"messages":[{"role":"user","content":"hi"}]}""";
        var header = ("x-atlas-learning-key", keys[1].Replace("ü", "u", StringComparison.Ordinal));

        Assert.Equal(keys[0], await KeyOfAsync($"proxy/k/{Uri.EscapeDataString(keys[0])}/openai/v1/chat/completions", model, header));
        Assert.Equal("/v1/chat/completions", House.Upstream.Last.Target);
        Assert.Equal(header.Item2, await KeyOfAsync("proxy/openai/v1/chat/completions", model, header));
        Assert.Equal(keys[2], await KeyOfAsync("proxy/openai/v1/chat/completions", model));
        Assert.Equal("gpt-5.1", House.Upstream.Last.Json.GetProperty("model").GetString());
        Assert.Equal(keys[3], await KeyOfAsync("proxy/openai/v1/chat/completions", metadata));
        Assert.Equal(metadata, House.Upstream.Last.Text);
    }

    [Fact]
    public async Task Without_a_learning_key_a_call_passes_and_nothing_is_recorded()
    {
        House.Upstream.Answer = (context, _) => Replies.Chat("Done.")(context);
        using var answer = await House.PostAsync("proxy/openai/v1/chat/completions", Body);
        await answer.TextAsync();
        Assert.Null(answer.Head("x-atlas-session-id"));
        Assert.Equal(Body, House.Upstream.Last.Text);
    }

    [Theory]
    [InlineData("chat", "x-atlas-session-id")]
    [InlineData("messages", "X-Claude-Code-Session-Id")]
    [InlineData("responses", "session-id")]
    [InlineData("responses", "session_id")]
    [InlineData("chat", "X-Client-Session-Id")]
    [InlineData("chat", "x-interaction-id")]
    [InlineData("chat", "X-KILOCODE-TASKID")]
    [InlineData("chat", "x-session-affinity")]
    [InlineData("chat", "x-opencode-session")]
    public async Task Calls_with_the_same_header_are_one_session_of_one_key(string protocol, string header)
    {
        var (key, other) = (House.NewKey(), House.NewKey());
        var (one, two) = (Guid.NewGuid().ToString(), Guid.NewGuid().ToString());
        var first = await SessionOfAsync(protocol, key, "", (header, one));
        Assert.NotNull(first);
        Assert.Equal(first, await SessionOfAsync(protocol, key, "", (header, one)));
        Assert.NotEqual(first, await SessionOfAsync(protocol, key, "", (header, two)));
        Assert.NotEqual(first, await SessionOfAsync(protocol, other, "", (header, one)));
    }

    [Theory]
    [InlineData("messages", "\"metadata\":{\"user_id\":\"user_ab_account_cd_session_#\"},")]
    [InlineData("messages", "\"metadata\":{\"user_id\":\"{\\\"device_id\\\":\\\"d\\\",\\\"session_id\\\":\\\"#\\\"}\"},")]
    [InlineData("responses", "\"conversation\":\"conv_#\",")]
    [InlineData("responses", "\"conversation\":{\"id\":\"conv_#\"},")]
    [InlineData("responses", "\"prompt_cache_key\":\"#\",")]
    public async Task So_are_calls_that_name_it_in_their_body(string protocol, string member)
    {
        var key = House.NewKey();
        string With(Guid id) => member.Replace("#", id.ToString(), StringComparison.Ordinal);
        var (one, two) = (Guid.NewGuid(), Guid.NewGuid());
        var first = await SessionOfAsync(protocol, key, With(one));
        Assert.Equal(first, await SessionOfAsync(protocol, key, With(one)));
        Assert.NotEqual(first, await SessionOfAsync(protocol, key, With(two)));
    }

    [Fact]
    public async Task A_cache_key_that_is_a_word_is_none_and_an_unknown_call_is_a_session_of_its_own()
    {
        var key = House.NewKey();
        Assert.NotEqual(
            await SessionOfAsync("responses", key, "\"prompt_cache_key\":\"my-app\","), await SessionOfAsync("responses", key, "\"prompt_cache_key\":\"my-app\","));
    }

    [Fact]
    public async Task A_chain_of_responses_is_one_session_also_where_the_next_call_follows_at_once()
    {
        var key = House.NewKey();
        var first = await SessionOfAsync("responses", key, "", answer: "resp_a1");
        for (var turn = 1; turn < 20; turn++)
        {
            Assert.Equal(first, await SessionOfAsync("responses", key, $"\"previous_response_id\":\"resp_a{turn}\",", answer: $"resp_a{turn + 1}"));
        }

        Assert.NotEqual(first, await SessionOfAsync("responses", House.NewKey(), "\"previous_response_id\":\"resp_a3\",", answer: "resp_b1"));
    }

    [Fact]
    public async Task A_session_is_found_by_the_number_that_an_answer_told()
    {
        var key = House.NewKey();
        var first = await SessionOfAsync("chat", key, "", ("x-session-affinity", "mine"));
        Assert.Equal(first, await SessionOfAsync("chat", key, "", ("x-atlas-session-id", first!)));
        House.Upstream.Answer = (context, _) => Replies.Chat("Done.")(context);
        using var refused = await House.PostAsync($"proxy/k/{Uri.EscapeDataString(House.NewKey())}/openai/v1/chat/completions", Body, ("x-atlas-session-id", first!));
        Assert.Contains($"There is no session {first}", await refused.TextAsync(HttpStatusCode.NotFound), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_is_used_anew_when_its_session_has_ended()
    {
        var key = House.NewKey();
        var first = await SessionOfAsync("chat", key, "", ("x-session-affinity", "again"));
        using var completed = await House.PostAsync($"v1/sessions/{first}/complete", """{"status":"succeeded","final_answer":"Done.","reward":{"score":1}}""");
        await completed.TextAsync();
        var second = await SessionOfAsync("chat", key, "", ("x-session-affinity", "again"));
        Assert.NotEqual(first, second);
        Assert.Equal(second, await SessionOfAsync("chat", key, "", ("x-session-affinity", "again")));
    }

    [Fact]
    public async Task The_task_is_what_the_user_said_first_or_what_a_header_says()
    {
        var key = House.NewKey();
        var said = await House.SessionAsync((await SessionOfAsync("messages", key, "", ("x-session-affinity", "a")))!);
        Assert.Equal("Refund order 1042", said.GetProperty("task").GetString());
        var named = await House.SessionAsync((await SessionOfAsync("messages", key, "", ("x-session-affinity", "b"), ("x-atlas-task", "R%C3%BCckzahlung")))!);
        Assert.Equal("Rückzahlung", named.GetProperty("task").GetString());
    }

    private async Task<string> KeyOfAsync(string path, string body, params (string Name, string Value)[] headers)
    {
        using var answer = await House.PostAsync(path, body, headers);
        await answer.TextAsync();
        return (await House.SessionAsync(answer.Head("x-atlas-session-id")!)).GetProperty("learning_key").GetString()!;
    }

    private async Task<string?> SessionOfAsync(string protocol, string key, string members, params (string Name, string Value)[] headers) =>
        await SessionOfAsync(protocol, key, members, Replies.NextId("resp_"), headers);

    private async Task<string?> SessionOfAsync(string protocol, string key, string members, string answer, params (string Name, string Value)[] headers)
    {
        House.Upstream.Answer = (context, _) => (protocol switch
        {
            "messages" => Replies.Claude("Done."),
            "responses" => Replies.Response("Done.", answer),
            _ => Replies.Chat("Done."),
        })(context);
        var (path, list) = protocol switch
        {
            "messages" => ("anthropic/v1/messages", "messages"),
            "responses" => ("openai/v1/responses", "input"),
            _ => ("openai/v1/chat/completions", "messages"),
        };
        using var said = await House.PostAsync(
            $"proxy/k/{Uri.EscapeDataString(key)}/{path}",
            $$"""{"model":"m",{{members}}"max_tokens":100,"{{list}}":[{"role":"user","content":[{"type":"{{(protocol == "responses" ? "input_text" : "text")}}","text":"Refund order 1042"}]}]}""",
            headers);
        await said.TextAsync();
        return said.Head("x-atlas-session-id");
    }
}
