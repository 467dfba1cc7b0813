using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Atlas.Proxy.Tests.Harness;
using Xunit;

namespace Atlas.Proxy.Tests.Sessions;

/// <summary>Many conversations at once: none becomes part of another, and none falls apart.</summary>
public sealed class ConversationTests(ITestOutputHelper output)
{
    // What coding agents put before everything, so that all conversations begin alike.
    private const string Reminder = "<system-reminder>As you answer, keep these rules in mind.</system-reminder>";

    [Theory]
    [InlineData("headers")]
    [InlineData("chain")]
    public async Task Interleaved_conversations_stay_whole_and_apart(string how)
    {
        var count = int.Parse(Environment.GetEnvironmentVariable("ATLAS_PROXY_TALKS") ?? "200", CultureInfo.InvariantCulture);
        var seed = int.Parse(Environment.GetEnvironmentVariable("ATLAS_PROXY_SEED") ?? Random.Shared.Next(1 << 30).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        output.WriteLine($"ATLAS_PROXY_SEED={seed} ATLAS_PROXY_TALKS={count}");
        await using var house = await House.StartAsync(how == "chain" ? "prefix_chain: true" : "");
        house.Upstream.Keeps = false;
        house.Upstream.Answer = AnswerAsync;
        var key = House.NewKey("talks");
        var faults = new ConcurrentQueue<string>();
        var seen = new ConcurrentDictionary<string, int>();
        await Parallel.ForEachAsync(Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = 24 }, async (number, _) =>
        {
            var random = new Random(seed + number);
            var protocol = how == "chain" ? number % 2 * 2 : number % 3;
            var list = new JsonArray();
            string? session = null;
            string? previous = null;
            for (var turn = random.Next(2, 7); turn > 0; turn--)
            {
                list.Add(new JsonObject { ["role"] = "user", ["content"] = turn % 2 == 0 ? $"{Reminder} Talk {number}" : "Go on." });
                var body = new JsonObject { ["model"] = "m", ["max_tokens"] = 10, [protocol == 1 ? "input" : "messages"] = list.DeepClone() };
                if (protocol == 1)
                {
                    body["previous_response_id"] = previous;
                    body["input"] = new JsonArray(list[^1]!.DeepClone());
                }

                (string, string)[] headers = how == "chain" || protocol == 1 ? [] : [(protocol == 2 ? "X-Claude-Code-Session-Id" : "x-session-affinity", $"talk-{number}")];
                using var answer = await house.PostAsync(
                    $"proxy/k/{Uri.EscapeDataString(key)}/{protocol switch { 0 => "openai/v1/chat/completions", 1 => "openai/v1/responses", _ => "anthropic/v1/messages" }}", body.ToJsonString(), headers);
                var said = JsonNode.Parse(await answer.TextAsync())!;
                var got = answer.Head("x-atlas-session-id")!;
                if (session is not null && got != session)
                {
                    faults.Enqueue($"talk {number} was split: {session} and {got}");
                }

                session = got;
                previous = said["id"]!.GetValue<string>();
                list.Add(protocol switch
                {
                    0 => said["choices"]![0]!["message"]!.DeepClone(),
                    1 => new JsonObject { ["role"] = "assistant", ["content"] = "x" },
                    _ => new JsonObject { ["role"] = "assistant", ["content"] = said["content"]!.DeepClone() },
                });
            }

            if (seen.GetOrAdd(session!, number) != number)
            {
                faults.Enqueue($"talks {number} and {seen[session!]} were merged as {session}");
            }
        });
        Assert.True(faults.IsEmpty, $"{faults.Count} of {count}: {string.Join("\n", faults.Take(10))}");
        Assert.Equal(count, seen.Count);
    }

    [Fact]
    public async Task Conversations_that_are_the_same_word_for_word_are_not_taken_for_one()
    {
        await using var house = await House.StartAsync("prefix_chain: true");
        house.Upstream.Answer = (context, _) => Replies.Chat("Hello.", "chatcmpl-same")(context);
        var path = $"proxy/k/{Uri.EscapeDataString(House.NewKey())}/openai/v1/chat/completions";
        const string Next = """{"model":"m","messages":[{"role":"user","content":"hi"},{"role":"assistant","content":"Hello."},{"role":"user","content":"go"}]}""";
        var sessions = new List<string>();
        foreach (var body in new[] { """{"model":"m","messages":[{"role":"user","content":"hi"}]}""", """{"model":"m","messages":[{"role":"user","content":"hi"}]}""", Next, Next })
        {
            using var answer = await house.PostAsync(path, body);
            await answer.TextAsync();
            sessions.Add(answer.Head("x-atlas-session-id")!);
            await house.EventsAsync(sessions[^1], "model_call");
        }

        Assert.Equal(4, sessions.Distinct().Count());
    }

    /// <summary>Each answer is one of its own, as those of a model are.</summary>
    private static Task AnswerAsync(Microsoft.AspNetCore.Http.HttpContext context, Arrived arrived)
    {
        var text = $"Answer {Guid.NewGuid():N}.";
        return (arrived.Target switch
        {
            "/v1/messages" => Replies.Claude(text),
            "/v1/responses" => Replies.Response(text, Replies.NextId("resp_")),
            _ => Replies.Chat(text),
        })(context);
    }
}
