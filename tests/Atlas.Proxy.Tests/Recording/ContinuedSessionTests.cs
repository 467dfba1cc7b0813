using Atlas.Proxy.Tests.Harness;
using Atlas.Proxy.Tests.Sessions;
using Atlas.Testing;
using Xunit;

namespace Atlas.Proxy.Tests.Recording;

/// <summary>A session whose later calls pass at another silo, or after a restart, is recorded as if all had passed at one.</summary>
public sealed class ContinuedSessionTests
{
    private const string First = """{"role":"user","content":"Refund order 1042"}""";
    private const string Tool = """{"role":"assistant","content":null,"tool_calls":[{"id":"call_1","type":"function","function":{"name":"get_order","arguments":"{}"}}]},{"role":"tool","tool_call_id":"call_1","content":"{\"status\":\"paid\"}"}""";
    private const string Second = """{"role":"assistant","content":"Done."},{"role":"user","content":"Thanks"}""";

    [Fact]
    public async Task A_conversation_continues_with_what_was_recorded()
    {
        await using var house = await House.StartAsync();
        using var other = await house.JoinAsync();
        var path = $"proxy/k/{Uri.EscapeDataString(House.NewKey())}/openai/v1/chat/completions";
        house.Upstream.Answer = (context, _) => Replies.Chat("", calls: [Replies.Call("call_1", "get_order", "{}")])(context);
        var session = await AskAsync(house.Client, path, First);
        await UsageAsync(house, session, 25);

        house.Upstream.Answer = (context, _) => Replies.Chat("Done.")(context);
        Assert.Equal(session, await AskAsync(other, path, $"{First},{Tool}"));
        Assert.Equal(session, await AskAsync(other, path, $"{First},{Tool},{Second}"));
        await house.EventsAsync(session, "model_call", 3);
        using var completed = await House.SendAsync(other, $"v1/sessions/{session}/complete", """{"status":"succeeded"}""");
        await completed.TextAsync();

        Assert.Equal(["Refund order 1042", "Thanks"], (await house.EventsAsync(session, "user_message")).Select(said => said.GetProperty("data").GetProperty("output").GetString()));
        Assert.Single(await house.EventsAsync(session, "TOOL_START"));
        Assert.Equal("get_order", Assert.Single(await house.EventsAsync(session, "TOOL_END")).GetProperty("name").GetString());
        await UsageAsync(house, session, 75);
    }

    [Fact]
    public async Task The_result_of_a_tool_finds_its_call_though_the_request_repeats_nothing()
    {
        await using var house = await House.StartAsync();
        using var other = await house.JoinAsync();
        var path = $"proxy/k/{Uri.EscapeDataString(House.NewKey())}/openai/v1/responses";
        house.Upstream.Answer = (context, _) => Replies.Response("", "resp_before", new { type = "function_call", id = "fc_1", call_id = "call_1", name = "get_order", arguments = "{}", status = "completed" })(context);
        using var first = await house.PostAsync(path, """{"model":"m","input":"Refund order 1042"}""");
        await first.TextAsync();
        await house.EventsAsync(first.Head("x-atlas-session-id")!, "model_call");
        await house.Database.DataSource.WaitForAsync("SELECT count(*) FROM session_responses WHERE response_id = 'resp_before'");

        house.Upstream.Answer = (context, _) => Replies.Response("Done.", "resp_after")(context);
        using var second = await House.SendAsync(other, path, """{"model":"m","previous_response_id":"resp_before","input":[{"type":"function_call_output","call_id":"call_1","output":"{\"status\":\"paid\"}"}]}""");
        await second.TextAsync();
        Assert.Equal(first.Head("x-atlas-session-id"), second.Head("x-atlas-session-id"));
        Assert.Equal("get_order", Assert.Single(await house.EventsAsync(second.Head("x-atlas-session-id")!, "TOOL_END")).GetProperty("name").GetString());
    }

    private static Task UsageAsync(House house, string session, double tokens) => Eventually.TrueAsync(
        async () => (await house.SessionAsync(session)).GetProperty("metadata").TryGetProperty("learning_usage", out var usage)
            && usage.GetProperty("session").GetProperty("token_usage").GetProperty("total_tokens").GetDouble() == tokens,
        TimeSpan.FromSeconds(20), $"the session has used {tokens} tokens");

    private static async Task<string> AskAsync(HttpClient client, string path, string messages)
    {
        using var answer = await House.SendAsync(client, path, "{\"model\":\"m\",\"messages\":[" + messages + "]}", ("x-session-affinity", "continued"));
        await answer.TextAsync();
        return answer.Head("x-atlas-session-id")!;
    }
}
