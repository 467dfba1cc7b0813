using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Atlas.Learning.Evidence;
using Atlas.Learning.Options;
using Atlas.Proxy.Tests.Harness;
using Atlas.Testing;
using Xunit;

namespace Atlas.Proxy.Tests.Alerts;

/// <summary>Who is told when the rewards of a key fall.</summary>
public sealed class AlertWebhookTests
{
    private const string Variable = "ATLAS_TEST_ALERT_SECRET";
    private const string Secret = "not-a-real-secret";
    private const int Reference = 20;
    private const int Limit = 50;

    [Fact]
    public async Task A_decline_is_posted_signed_and_again_after_trouble_and_the_key_waits_for_nobody()
    {
        Environment.SetEnvironmentVariable(Variable, Secret);
        await using var operators = await Upstream.StartAsync();
        var goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        operators.Answer = async (context, _) =>
        {
            if (operators.Requests.Count == 1)
            {
                await goOn.Task;
                context.Response.StatusCode = (int)HttpStatusCode.ServiceUnavailable;
            }
        };
        await using var house = await House.StartAsync(
            configuration: $$"""
                alerts:
                  console_url: https://atlas.example.org/
                  webhook: { url: "{{operators.Address}}/alerts", secret_env: {{Variable}}, timeout_seconds: 120 }

                """,
            rules: new(new LearningOptions { Evidence = new EvidenceOptions { HoldoutShare = 0, AlarmReference = Reference, AlarmLimit = Limit } }, new RuntimeSafetyOptions()));
        var key = House.NewKey("alerts");
        var number = 0;
        while (number < Reference)
        {
            await RunAsync(reward: 1);
        }

        Assert.Empty(operators.Requests);
        while (number < 200 && operators.Requests.Count == 0)
        {
            await RunAsync(reward: 0);
        }

        // The webhook does not answer yet, and sessions are counted all the same.
        for (var more = 0; more < 5; more++)
        {
            await RunAsync(reward: 0);
        }

        await Eventually.TrueAsync(
            async () => JsonElement.Parse(await house.Client.GetStringAsync($"v1/keys/{Uri.EscapeDataString(key)}")).GetProperty("sessions_observed").GetInt32() == number,
            TimeSpan.FromSeconds(30), "all sessions are counted");
        Assert.Single(operators.Requests);
        goOn.SetResult();
        await Eventually.TrueAsync(() => Task.FromResult(operators.Requests.Count == 2), TimeSpan.FromSeconds(60), "the alert is sent again");

        var (first, again) = (operators.Requests[0], operators.Requests[1]);
        Assert.Equal((first.Header("webhook-id"), first.Text), (again.Header("webhook-id"), again.Text));
        Assert.StartsWith("msg_atlas-alert-", again.Header("webhook-id"), StringComparison.Ordinal);
        var signed = HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes($"{again.Header("webhook-id")}.{again.Header("webhook-timestamp")}.{again.Text}"));
        Assert.Equal($"v1,{Convert.ToBase64String(signed)}", again.Header("webhook-signature"));
        Assert.Equal(
            ("alert.raised", "rewards_declined", key, Limit, $"https://atlas.example.org/key?key={Uri.EscapeDataString(key)}"),
            (Text("event"), Text("kind"), Text("learning_key"), again.Json.GetProperty("sessions_per_false_alarm").GetInt32(), Text("link")));
        Assert.Contains("about once in 50 sessions", Text("summary"), StringComparison.Ordinal);
        Assert.InRange(again.Json.GetProperty("raised_at").GetDateTimeOffset(), DateTimeOffset.UtcNow.AddMinutes(-10), DateTimeOffset.UtcNow.AddMinutes(1));

        string? Text(string name) => again.Json.GetProperty(name).GetString();

        async Task RunAsync(int reward)
        {
            var unit = string.Create(CultureInfo.InvariantCulture, $"{key}/{number++}");
            using var started = await house.PostAsync("v1/sessions", JsonSerializer.Serialize(new { task = "Refund the order", learning_key = key, external_id = unit }));
            var session = JsonElement.Parse(await started.TextAsync()).GetProperty("session_id").GetInt64();
            using var ended = await house.PostAsync(
                string.Create(CultureInfo.InvariantCulture, $"v1/sessions/{session}/complete"), JsonSerializer.Serialize(new { status = "succeeded", reward = new { score = reward } }));
            await ended.TextAsync();
        }
    }
}
