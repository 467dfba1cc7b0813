using System.Net;
using Atlas.Proxy.Tests.Harness;
using Xunit;

namespace Atlas.Proxy.Tests.Budgets;

/// <remarks>Every kind of call that costs something.</remarks>
public sealed partial class BudgetTests
{
    [Theory]
    [InlineData("completions", """{"model":"m","max_tokens":1000,"prompt":"hi"}""")]
    [InlineData("completions", """{"model":"m","max_tokens":10,"prompt":["hi","ho"],"n":25,"best_of":50}""")]
    [InlineData("completions", """{"model":"m","max_tokens":500,"prompt":[[1,2],[3]]}""")]
    [InlineData("responses/compact", """{"model":"m","input":"hi"}""")]
    [InlineData("chat/completions", """{"model":"m","max_tokens":100,"n":10,"messages":[{"role":"user","content":"hi"}]}""")]
    [InlineData("chat/completions", """{"model":"m","n":9223372036854775807,"messages":[]}""")]
    public async Task What_a_call_can_take_is_reserved_in_all_of_its_answers(string path, string body)
    {
        using var client = await SpenderAsync("many", tokens: 1000);
        var before = House.Upstream.Requests.Count;
        using var answer = await House.SendAsync(client, $"proxy/openai/v1/{path}", body);
        await answer.TextAsync(HttpStatusCode.TooManyRequests);
        Assert.Equal(before, House.Upstream.Requests.Count);
    }

    [Theory]
    [InlineData("one", """{"model":"m","max_tokens":900,"prompt":[1,2,3]}""", """{"id":"cmpl-1","object":"text_completion","choices":[{"index":0,"text":"Done.","finish_reason":"stop"}],"usage":{"prompt_tokens":3,"completion_tokens":2,"total_tokens":5}}""", 5)]
    [InlineData("silent", """{"model":"m","max_tokens":100,"n":2,"prompt":""}""", """{"id":"cmpl-2","object":"text_completion","choices":[{"index":0,"text":"12345678"},{"index":1,"text":"1234"}]}""", 15)]
    public async Task A_completion_counts_what_it_took_and_is_no_session(string name, string body, string reply, int tokens)
    {
        House.Upstream.Answer = (context, _) => Replies.Json(reply)(context);
        using var client = await SpenderAsync($"completer-{name}", tokens: 1000);
        using var answer = await House.SendAsync(client, $"proxy/k/{Uri.EscapeDataString(House.NewKey())}/openai/v1/completions", body);
        Assert.Equal(reply, await answer.TextAsync());
        Assert.Equal((body, null), (House.Upstream.Last.Text, answer.Head("x-atlas-session-id")));
        await SettledAsync($"completer-{name}", tokens);
    }

    [Fact]
    public async Task A_compaction_counts_what_it_took_and_passes_as_it_came()
    {
        const string Compact = """{"model":"m","input":[{"role":"user","content":"hi"}],"instructions":"Be kind."}""";
        const string Reply = """{"id":"resp_c","object":"response.compaction","output":[{"type":"compaction","encrypted_content":"AAAA"}],"usage":{"input_tokens":139,"output_tokens":438,"total_tokens":577}}""";
        House.Upstream.Answer = (context, _) => Replies.Json(Reply)(context);
        using var client = await SpenderAsync("compacter", tokens: 5000);
        var key = House.NewKey();
        using var teacher = House.NewClient();
        teacher.DefaultRequestHeaders.Add("x-api-key", await House.CreateKeyAsync("teacher"));
        await House.TeachAsync(key, "Check the date first.", teacher);
        using var answer = await House.SendAsync(client, $"proxy/k/{Uri.EscapeDataString(key)}/openai/v1/responses/compact", Compact);
        Assert.Equal(Reply, await answer.TextAsync());
        Assert.Equal(Compact, House.Upstream.Last.Text);
        await SettledAsync("compacter", 577);
    }
}
