using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Atlas.Domain;
using Atlas.Proxy.Outcomes;
using Atlas.Proxy.Sessions;
using Atlas.Proxy.Tests.Harness;
using Atlas.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Atlas.Proxy.Tests.Outcomes;

/// <summary>Who is asked what a session was worth when the proxy ends it.</summary>
public sealed class OutcomeWebhookTests
{
    private const string Variable = "ATLAS_TEST_OUTCOME_SECRET";
    private const string Secret = "not-a-real-secret";
    private const string Body = """{"model":"m","messages":[{"role":"user","content":"hi"}]}""";

    [Fact]
    public async Task The_webhook_is_asked_signed_again_after_trouble_and_its_word_is_the_reward()
    {
        Environment.SetEnvironmentVariable(Variable, Secret);
        await using var judge = await Upstream.StartAsync();
        await using var house = await House.StartAsync($$"""
            session_idle_seconds: 1
            outcome: { url: "{{judge.Address}}/judge", secret_env: {{Variable}}, timeout_seconds: 20, attempts: 3 }
            """);
        judge.Answer = (context, _) => judge.Requests.Count == 1
            ? Busy(context)
            : Replies.Json("""{"score":0.25,"rationale":"Too short.","status":"failed"}""")(context);
        house.Upstream.Answer = (context, _) => Replies.Chat("Done.", "chatcmpl-judged")(context);
        var key = House.NewKey();
        using var answer = await house.PostAsync($"proxy/k/{Uri.EscapeDataString(key)}/openai/v1/chat/completions", Body, ("x-session-affinity", "judged"));
        var session = answer.Head("x-atlas-session-id")!;

        await Eventually.TrueAsync(async () => (await house.SessionAsync(session)).GetProperty("status").GetString() == "failed", TimeSpan.FromSeconds(60), "the session has ended");
        var stored = await house.SessionAsync(session);
        Assert.Equal((0.25, "Done."), (stored.GetProperty("score").GetDouble(), stored.GetProperty("final_answer").GetString()));
        Assert.Equal(2, judge.Requests.Count);
        Assert.Equal(judge.Requests[0].Header("webhook-id"), judge.Requests[1].Header("webhook-id"));
        Assert.Equal($"msg_atlas-session-{session}", judge.Last.Header("webhook-id"));
        var signed = HMACSHA256.HashData(
            Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes($"{judge.Last.Header("webhook-id")}.{judge.Last.Header("webhook-timestamp")}.{judge.Last.Text}"));
        Assert.Equal($"v1,{Convert.ToBase64String(signed)}", judge.Last.Header("webhook-signature"));
        var told = judge.Last.Json;
        Assert.Equal(
            ("session.ended", key, "succeeded", "hi", "Done.", "chatcmpl-judged"),
            (told.GetProperty("event").GetString(), told.GetProperty("learning_key").GetString(), told.GetProperty("status").GetString(), told.GetProperty("task").GetString(),
                told.GetProperty("final_answer").GetString(), told.GetProperty("response_ids")[0].GetString()));
        Assert.Equal(25, told.GetProperty("token_usage").GetProperty("total_tokens").GetInt32());
    }

    [Fact]
    public async Task A_webhook_that_leads_elsewhere_or_talks_nonsense_is_not_followed_and_the_session_ends_without_its_word()
    {
        await using var elsewhere = await Upstream.StartAsync();
        await using var judge = await Upstream.StartAsync();
        await using var house = await House.StartAsync($$"""outcome: { url: "{{judge.Address}}/judge", attempts: 1 }""");
        foreach (var (reply, said) in new (Func<HttpContext, Task>, string)[]
        {
            (context =>
            {
                context.Response.Redirect(elsewhere.Address);
                return Task.CompletedTask;
            }, "redirect"),
            (Replies.Json("""{"score":7}"""), "seven"),
            (Replies.Json("""<html>"""), "html"),
            (Replies.Json("", 204), "nothing"),
        })
        {
            judge.Answer = (context, _) => reply(context);
            house.Upstream.Answer = (context, _) => Replies.Chat(said)(context);
            using var answer = await house.PostAsync($"proxy/k/{Uri.EscapeDataString(House.NewKey())}/openai/v1/chat/completions", Body);
            var session = answer.Head("x-atlas-session-id")!;
            await Eventually.TrueAsync(
                async () => (await house.SessionAsync(session)).GetProperty("status").GetString() == "succeeded", TimeSpan.FromSeconds(60), "the session has ended");
            Assert.Equal(JsonValueKind.Null, (await house.SessionAsync(session)).TryGetProperty("score", out var score) ? score.ValueKind : JsonValueKind.Null);
        }

        Assert.Equal(4, judge.Requests.Count);
        Assert.Empty(elsewhere.Requests);
    }

    [Fact]
    public async Task A_call_that_begins_while_the_webhook_is_asked_keeps_its_session_open()
    {
        await using var judge = await Upstream.StartAsync();
        await using var house = await House.StartAsync($$"""
            session_idle_seconds: 1
            outcome: { url: "{{judge.Address}}/judge", attempts: 1 }
            """);
        var (began, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        var path = $"proxy/k/{Uri.EscapeDataString(House.NewKey())}/openai/v1/chat/completions";
        house.Upstream.Answer = (context, _) => Replies.Chat("One.")(context);
        using var first = await house.PostAsync(path, Body, ("x-session-affinity", "busy"));
        await first.TextAsync();
        house.Upstream.Answer = async (context, _) =>
        {
            began.TrySetResult();
            await go.Task;
            await Replies.Chat("Two.")(context);
        };
        Task<HttpResponseMessage>? second = null;
        var told = new TaskCompletionSource();
        judge.Answer = async (context, _) =>
        {
            if (judge.Requests.Count == 1)
            {
                second = house.PostAsync(path, Body, ("x-session-affinity", "busy"));
                await began.Task;
            }

            await Replies.Json("""{"score":1}""")(context);
            await context.Response.CompleteAsync();
            told.TrySetResult();
        };
        var session = Assert.Single(house.Silo.Services.GetRequiredService<LiveSessions>().All);
        await told.Task.WaitAsync(TimeSpan.FromSeconds(60));
        await Eventually.TrueAsync(() => Task.FromResult(session.TryBeginEnding()), TimeSpan.FromSeconds(20), "the answer of the webhook is considered");
        session.StopEnding();
        Assert.Equal("running", (await house.SessionAsync(first.Head("x-atlas-session-id")!)).GetProperty("status").GetString());
        go.SetResult();
        using var last = await second!;
        Assert.Equal(first.Head("x-atlas-session-id"), last.Head("x-atlas-session-id"));
        await Eventually.TrueAsync(
            async () => (await house.SessionAsync(last.Head("x-atlas-session-id")!)).GetProperty("status").GetString() == "succeeded", TimeSpan.FromSeconds(60), "the session has ended");
        Assert.Equal(2, (await house.EventsAsync(last.Head("x-atlas-session-id")!, "model_call", 2)).Length);
        Assert.Equal("Two.", (await house.SessionAsync(last.Head("x-atlas-session-id")!)).GetProperty("final_answer").GetString());
    }

    [Fact]
    public async Task What_an_upstream_complains_of_is_told_without_what_tells_who_a_person_is()
    {
        await using var judge = await Upstream.StartAsync();
        await using var house = await House.StartAsync($$"""outcome: { url: "{{judge.Address}}/judge", attempts: 1 }""");
        judge.Answer = (context, _) => Replies.Json("", 204)(context);
        house.Upstream.Answer = (context, _) => Replies.Json("""{"error":{"code":"ada@example.com is over its limit"}}""", 401)(context);
        using var answer = await house.PostAsync($"proxy/k/{Uri.EscapeDataString(House.NewKey())}/openai/v1/chat/completions", Body);

        await Eventually.TrueAsync(() => Task.FromResult(judge.Requests.Count == 1), TimeSpan.FromSeconds(60), "the webhook is asked");
        var error = judge.Last.Json.GetProperty("error").GetString()!;
        Assert.Contains("is over its limit", error, StringComparison.Ordinal);
        Assert.DoesNotContain("ada@example.com", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Incomplete_characters_in_an_answer_are_no_error() => Assert.Equal(
        (SessionStatus.Failed, "\uFFFD!"),
        Outcome.Read("""{"status":"failed","score":1,"rationale":"\ud800!","\udc00":1}"""u8) is var said ? (said.Status, said.Reward!.Rationale) : default);

    [Theory]
    [InlineData("""[]""", "the answer is not a JSON object")]
    [InlineData("""{"score":"high"}""", "'score' is not a number from 0 to 1")]
    [InlineData("""{"score":1,"status":"running"}""", "'status' is neither 'succeeded' nor 'failed'")]
    [InlineData("""{"score":1,"rationale":[]}""", "'rationale' is not a text of at most 10000 characters")]
    public void An_answer_that_cannot_be_meant_is_told_in_a_sentence(string body, string sentence) =>
        Assert.Equal(sentence, Assert.Throws<FormatException>(() => Outcome.Read(Encoding.UTF8.GetBytes(body))).Message);

    private static Task Busy(HttpContext context)
    {
        context.Response.StatusCode = 503;
        context.Response.Headers.RetryAfter = "0";
        return Task.CompletedTask;
    }
}
