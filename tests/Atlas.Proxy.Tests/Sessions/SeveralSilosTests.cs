using System.Text.Json;
using Atlas.Proxy.Tests.Harness;
using Xunit;

namespace Atlas.Proxy.Tests.Sessions;

/// <summary>Two silos behind one address: what a call said at one of them is there when the outcome comes in at the other.</summary>
public sealed class SeveralSilosTests
{
    private const string Body = """{"model":"m","messages":[{"role":"user","content":"hi"}]}""";

    [Fact]
    public async Task An_outcome_at_any_silo_waits_for_what_the_others_still_record()
    {
        await using var house = await House.StartAsync();
        using var other = await house.JoinAsync();
        var number = 0;
        house.Upstream.Answer = (context, _) => Replies.Chat($"Answer {Interlocked.Increment(ref number)}.", $"chatcmpl-several-{number}")(context);
        var key = House.NewKey();
        for (var round = 0; round < 5; round++)
        {
            // At once after the last byte: events and answer are still in the first silo's memory.
            var completed = await CallAsync(house.Client, key, $"complete-{round}");
            using var end = await House.SendAsync(other, $"v1/sessions/{completed}/complete", """{"status":"succeeded"}""");
            await end.TextAsync();
            Assert.Single(await house.EventsAsync(completed, "model_call"));
            Assert.Equal($"Answer {number}.", (await house.SessionAsync(completed)).GetProperty("final_answer").GetString());

            // A reward ends the session, known by an answer's id that no table has yet.
            var rewarded = await CallAsync(other, key, $"reward-{round}");
            using var reward = await House.SendAsync(house.Client, $"v1/sessions/chatcmpl-several-{number}/reward", """{"score":0.5}""");
            Assert.Equal(rewarded, JsonElement.Parse(await reward.TextAsync()).GetProperty("session_id").GetRawText());
            Assert.Single(await house.EventsAsync(rewarded, "model_call"));
            var stored = await house.SessionAsync(rewarded);
            Assert.Equal(
                ("succeeded", $"Answer {number}.", 0.5),
                (stored.GetProperty("status").GetString(), stored.GetProperty("final_answer").GetString(), stored.GetProperty("score").GetDouble()));
        }

        // One session, calls at both silos: each had something in hand, and the newest answer is the session's.
        var both = await CallAsync(house.Client, key, "both");
        Assert.Equal(both, await CallAsync(other, key, "both"));
        using var last = await House.SendAsync(house.Client, $"v1/sessions/{both}/complete", """{"status":"succeeded"}""");
        await last.TextAsync();
        Assert.Equal(2, (await house.EventsAsync(both, "model_call", 2)).Length);
        Assert.Equal($"Answer {number}.", (await house.SessionAsync(both)).GetProperty("final_answer").GetString());

        // The name is free again at both.
        Assert.NotEqual(both, await CallAsync(other, key, "both"));
    }

    private static async Task<string> CallAsync(HttpClient client, string key, string session)
    {
        using var answer = await House.SendAsync(client, $"proxy/k/{Uri.EscapeDataString(key)}/openai/v1/chat/completions", Body, ("x-session-affinity", session));
        await answer.TextAsync();
        return answer.Head("x-atlas-session-id")!;
    }
}
