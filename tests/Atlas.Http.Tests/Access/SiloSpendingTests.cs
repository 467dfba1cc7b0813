using System.Net;
using Atlas.Http.Tests.Harness;
using Atlas.Testing;
using Atlas.Testing.Wire;
using Xunit;

namespace Atlas.Http.Tests.Access;

/// <summary>What a silo itself asks models is paid by those whose sessions it is about.</summary>
public sealed class SiloSpendingTests : IAsyncLifetime
{
    private const string Verdict = """{"principles": [{"name": "Correctness", "weight": 1.0, "description": "The order exists"}], "score": 0.8, "rationale": "Well done.", "uncertainty": 0.05}""";

    private const int Total = 1018;

    private PayingSilo _silo = null!;

    public async ValueTask InitializeAsync()
    {
        _silo = await PayingSilo.StartAsync(models =>
        {
            string Model(string name) => $"{{provider: openai, model: {name}, api_key_env: {PayingSilo.KeyVariable}, api_base: \"{models}\", max_output_tokens: 500, price: {{input_per_million: 1000, output_per_million: 2000}}}}";
            return $"""
                rim:
                  small_model: {Model("small")}
                  large_model: {Model("large")}
                learning:
                  llm: {Model("writer")}
                  synthesis_quiet_seconds: 0
                runtime_safety:
                  review:
                    require_approval: false
                """;
        });

        // As from a model that thinks: the total is more than what was sent and received.
        var verdict = ScriptedServer.Json(new
        {
            id = "c",
            choices = new[] { new { index = 0, message = new { role = "assistant", content = Verdict }, finish_reason = "stop" } },
            usage = new { prompt_tokens = 11, completion_tokens = 7, total_tokens = Total },
        });
        _silo.Models.When(request => request.Model is "small" or "large", verdict).When(_ => true, Answers.OpenAI("no answer at all"));
    }

    public ValueTask DisposeAsync() => _silo.DisposeAsync();

    [Fact]
    public async Task A_judging_is_paid_by_the_API_key_and_the_tenant_with_what_the_provider_counted()
    {
        await _silo.Budgets.SetAsync("tenant:acme", 1_000_000, 1000);
        using var agent = await _silo.ClientAsync("agent");
        var id = await agent.RunSessionAsync("support/refunds", score: null);
        await Eventually.TrueAsync(
            async () => (await agent.GetAsync($"v1/sessions/{id}/reward", HttpStatusCode.OK)).Text("judging") == "judged", TimeSpan.FromSeconds(60), "The judging");

        var calls = await _silo.Database.ScalarAsync<long>("SELECT calls::bigint FROM session_judgings WHERE session_id = $1", id);
        Assert.True(calls >= 2);
        await Eventually.TrueAsync(
            () => _silo.Database.ScalarAsync<bool>(
                "SELECT count(*) FILTER (WHERE settled_at IS NOT NULL AND usd > 0 AND owners = '{key:acme/agent,tenant:acme}') >= $1 AND sum(tokens) FILTER (WHERE settled_at IS NOT NULL) >= $2 FROM budget_reservations",
                (int)calls, calls * Total),
            TimeSpan.FromSeconds(20), "All calls of the judging are settled");
    }

    [Fact]
    public async Task Where_the_budget_does_not_suffice_no_model_is_asked_and_the_judging_waits_for_the_next_day()
    {
        await _silo.Budgets.SetAsync("key:acme/agent", 400, null);
        using var agent = await _silo.ClientAsync("agent");
        var id = await agent.RunSessionAsync("support/refunds", score: null);
        await Eventually.TrueAsync(
            () => _silo.Database.ScalarAsync<bool>("SELECT reason LIKE '%budget of key:acme/agent%' AND due_at >= date_trunc('day', now() AT TIME ZONE 'UTC') AT TIME ZONE 'UTC' + interval '1 day' AND attempts = 0 FROM session_judgings WHERE session_id = $1", id),
            TimeSpan.FromSeconds(60), "The judging is put off");
        Assert.Empty(_silo.Models.Requests);
        Assert.Equal(0, (await _silo.Budgets.ListAsync(["key:acme/agent"]))[0].Tokens);

        // A synthesis waits too, and says why.
        await agent.RunSessionAsync("support/refunds", score: 1);
        await Eventually.TrueAsync(
            async () => (await agent.GetAsync("v1/keys/support%2Frefunds", HttpStatusCode.OK)).GetProperty("synthesis_failure").GetString()?.Contains("budget of key:acme/agent", StringComparison.Ordinal) is true,
            TimeSpan.FromSeconds(60), "The synthesis is put off");
        Assert.Empty(_silo.Models.Requests);
    }

    [Fact]
    public async Task A_synthesis_is_paid_too()
    {
        using var agent = await _silo.ClientAsync("agent");
        await agent.RunSessionAsync("support/refunds", score: 1);
        await Eventually.TrueAsync(
            () => _silo.Database.ScalarAsync<bool>("SELECT count(*) > 0 FROM budget_reservations WHERE owners = '{key:acme/agent,tenant:acme}' AND settled_at IS NOT NULL"),
            TimeSpan.FromSeconds(60), "The call of the synthesis is settled");
        Assert.Contains(_silo.Models.Requests, request => request.Model == "writer");
    }
}
