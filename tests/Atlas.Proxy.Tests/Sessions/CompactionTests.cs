using System.Text.Json.Nodes;
using Atlas.Proxy.Tests.Harness;
using Xunit;

namespace Atlas.Proxy.Tests.Sessions;

/// <summary>A client that sums its long conversation up, so that nothing of its beginning is sent any more.</summary>
public sealed class CompactionTests(SharedHouse shared) : IClassFixture<SharedHouse>
{
    private const string Reminder = "<system-reminder>As you answer, keep these rules in mind.</system-reminder>";

    private House House => shared.House;

    [Theory]
    [InlineData("anthropic/v1/messages", "X-Claude-Code-Session-Id")]
    [InlineData("openai/v1/chat/completions", "x-session-affinity")]
    [InlineData("openai/v1/responses", "session_id")]
    public async Task A_session_with_a_name_goes_on_with_its_task_and_its_version(string path, string header)
    {
        var key = House.NewKey();
        await House.TeachAsync(key, "Check the date first.");
        var name = Guid.NewGuid().ToString();
        var list = path.EndsWith("responses", StringComparison.Ordinal) ? "input" : "messages";
        House.Upstream.Answer = (context, _) => (path switch
        {
            "anthropic/v1/messages" => Replies.Claude("Noted."),
            "openai/v1/responses" => Replies.Response("Noted.", Replies.NextId("resp_")),
            _ => Replies.Chat("Noted."),
        })(context);
        async Task<(string Session, string Version)> SendAsync(params (string Role, string Text)[] turns)
        {
            var body = new JsonObject
            {
                ["model"] = "m",
                ["max_tokens"] = 10,
                [list] = new JsonArray([.. turns.Select(turn => (JsonNode)new JsonObject { ["role"] = turn.Role, ["content"] = turn.Text })]),
            };
            using var answer = await House.PostAsync($"proxy/k/{Uri.EscapeDataString(key)}/{path}", body.ToJsonString(), (header, name));
            await answer.TextAsync();
            return (answer.Head("x-atlas-session-id")!, answer.Head("x-atlas-playbook-version")!);
        }

        var first = await SendAsync(("user", Reminder + "Refund order 1042"));
        await SendAsync(("user", Reminder + "Refund order 1042"), ("assistant", "Noted."), ("user", "And tell the customer."));

        // A new version comes, and the conversation is summed up: neither makes it another session, or gives it another playbook.
        await House.TeachAsync(key, "Check the sum, too.");
        var after = await SendAsync(("user", Reminder + "This session is being continued from a previous conversation. Summary: order 1042 was refunded."), ("assistant", "Noted."), ("user", "Close it."));
        Assert.Equal(first, after);
        Assert.Contains("Check the date first.", House.Upstream.Last.Text, StringComparison.Ordinal);

        // What was said before and after is there, each once.
        await House.EventsAsync(first.Session, "model_call", 3);
        var said = (await House.EventsAsync(first.Session, "user_message", 4)).Select(one => one.GetProperty("data").GetProperty("output").GetString()!).ToArray();
        Assert.Equal(4, said.Length);
        Assert.Contains("Refund order 1042", (await House.SessionAsync(first.Session)).GetProperty("task").GetString(), StringComparison.Ordinal);

        // The next session gets the new version.
        name = Guid.NewGuid().ToString();
        Assert.Equal("2", (await SendAsync(("user", "hi"))).Version);
    }

    [Fact]
    public async Task Without_a_name_a_conversation_that_is_summed_up_begins_another_session()
    {
        await using var house = await House.StartAsync("prefix_chain: true");
        house.Upstream.Answer = (context, _) => Replies.Chat("Noted.")(context);
        var path = $"proxy/k/{Uri.EscapeDataString(House.NewKey())}/openai/v1/chat/completions";
        async Task<string> SendAsync(string messages)
        {
            using var answer = await house.PostAsync(path, $$"""{"model":"m","messages":[{{messages}}]}""");
            await answer.TextAsync();
            return answer.Head("x-atlas-session-id")!;
        }

        var first = await SendAsync("""{"role":"user","content":"Refund order 1042"}""");
        Assert.Equal(first, await SendAsync("""{"role":"user","content":"Refund order 1042"},{"role":"assistant","content":"Noted."},{"role":"user","content":"And?"}"""));
        Assert.NotEqual(first, await SendAsync("""{"role":"user","content":"Summary: order 1042 was refunded."},{"role":"assistant","content":"Noted."},{"role":"user","content":"Close it."}"""));
    }
}
