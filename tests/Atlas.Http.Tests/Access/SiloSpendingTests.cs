using System.Net;
using Atlas.Http.Tests.Harness;
using Atlas.Storage.Access;
using Atlas.Testing;
using Atlas.Testing.Wire;
using Microsoft.AspNetCore.Builder;
using Xunit;

namespace Atlas.Http.Tests.Access;

/// <summary>What a silo itself asks models is paid by those whose sessions it is about.</summary>
public sealed class SiloSpendingTests : IAsyncLifetime
{
    private const string KeyVariable = "ATLAS_TEST_SPENDING_KEY";
    private const string Verdict = """{"principles": [{"name": "Correctness", "weight": 1.0, "description": "The order exists"}], "score": 0.8, "rationale": "Well done.", "uncertainty": 0.05}""";

    private TestDatabase _database = null!;
    private ScriptedServer _models = null!;
    private WebApplication _silo = null!;
    private Uri _address = null!;

    private BudgetStore Budgets => new(_database.DataSource);

    public async ValueTask InitializeAsync()
    {
        Environment.SetEnvironmentVariable(KeyVariable, "not-a-real-key");
        _models = await ScriptedServer.StartAsync();
        _models.When(request => request.Model is "small" or "large", Answers.OpenAI(Verdict)).When(_ => true, Answers.OpenAI("no answer at all"));
        string Model(string name) => $"{{provider: openai, model: {name}, api_key_env: {KeyVariable}, api_base: \"{_models.OpenAIAddress}\", max_output_tokens: 500, price: {{input_per_million: 1000, output_per_million: 2000}}}}";
        var file = Path.Combine(Directory.CreateTempSubdirectory("atlas-spending-").FullName, "atlas.yaml");
        await File.WriteAllTextAsync(file, $"""
            rim:
              small_model: {Model("small")}
              large_model: {Model("large")}
            learning:
              llm: {Model("writer")}
              synthesis_quiet_seconds: 0
            runtime_safety:
              review:
                require_approval: false
            """);
        _database = await TestDatabase.CreateAsync();
        (_silo, _address) = await Api.StartSiloAsync(_database.Address, "paying", $"--ATLAS_CONFIG={file}");
    }

    public async ValueTask DisposeAsync()
    {
        await _silo.StopAsync();
        await _silo.DisposeAsync();
        await _models.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task A_judging_is_paid_by_the_API_key_and_the_tenant_with_what_the_provider_counted()
    {
        await Budgets.SetAsync("tenant:acme", 1_000_000, 1000);
        using var agent = await ClientAsync("agent");
        var id = await agent.RunSessionAsync("support/refunds", score: null);
        await Eventually.TrueAsync(
            async () => (await agent.GetAsync($"v1/sessions/{id}/reward", HttpStatusCode.OK)).Text("judging") == "judged", TimeSpan.FromSeconds(60), "The judging");

        var calls = await _database.ScalarAsync<long>("SELECT calls::bigint FROM session_judgings WHERE session_id = $1", id);
        var tokens = await _database.ScalarAsync<long>("SELECT (prompt_tokens + completion_tokens)::bigint FROM session_judgings WHERE session_id = $1", id);
        Assert.True(calls >= 2);
        await Eventually.TrueAsync(
            () => _database.ScalarAsync<bool>(
                "SELECT count(*) FILTER (WHERE settled_at IS NOT NULL AND usd > 0 AND owners = '{key:acme/agent,tenant:acme}') = $1 AND sum(tokens) FILTER (WHERE settled_at IS NOT NULL) >= $2 FROM budget_reservations",
                (int)calls, tokens),
            TimeSpan.FromSeconds(20), "All calls of the judging are settled");
    }

    [Fact]
    public async Task Where_the_budget_does_not_suffice_no_model_is_asked_and_the_judging_waits_for_the_next_day()
    {
        await Budgets.SetAsync("key:acme/agent", 400, null);
        using var agent = await ClientAsync("agent");
        var id = await agent.RunSessionAsync("support/refunds", score: null);
        await Eventually.TrueAsync(
            () => _database.ScalarAsync<bool>("SELECT reason LIKE '%budget of key:acme/agent%' AND due_at >= date_trunc('day', now() AT TIME ZONE 'UTC') AT TIME ZONE 'UTC' + interval '1 day' AND attempts = 0 FROM session_judgings WHERE session_id = $1", id),
            TimeSpan.FromSeconds(60), "The judging is put off");
        Assert.Empty(_models.Requests);
        Assert.Equal(0, (await Budgets.ListAsync(["key:acme/agent"]))[0].Tokens);

        // A synthesis waits too, and says why.
        await agent.RunSessionAsync("support/refunds", score: 1);
        await Eventually.TrueAsync(
            async () => (await agent.GetAsync("v1/keys/support%2Frefunds", HttpStatusCode.OK)).GetProperty("synthesis_failure").GetString()?.Contains("budget of key:acme/agent", StringComparison.Ordinal) is true,
            TimeSpan.FromSeconds(60), "The synthesis is put off");
        Assert.Empty(_models.Requests);
    }

    [Fact]
    public async Task A_synthesis_is_paid_too()
    {
        using var agent = await ClientAsync("agent");
        await agent.RunSessionAsync("support/refunds", score: 1);
        await Eventually.TrueAsync(
            () => _database.ScalarAsync<bool>("SELECT count(*) > 0 FROM budget_reservations WHERE owners = '{key:acme/agent,tenant:acme}' AND settled_at IS NOT NULL"),
            TimeSpan.FromSeconds(60), "The call of the synthesis is settled");
        Assert.Contains(_models.Requests, request => request.Model == "writer");
    }

    private async Task<HttpClient> ClientAsync(string name)
    {
        var (key, _) = await new ApiKeyStore(_database.DataSource).CreateAsync(new ApiKeyRecord
        {
            Id = "", Name = name, Tenant = "acme", Scopes = ["read", "record"], KeyPrefix = "", CreatedAt = default, CreatedBy = "test",
        });
        var client = new HttpClient { BaseAddress = _address };
        client.DefaultRequestHeaders.Authorization = new("Bearer", key);
        return client;
    }
}
