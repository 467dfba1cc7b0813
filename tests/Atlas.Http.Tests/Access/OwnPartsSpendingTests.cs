using System.Net;
using System.Text.Json;
using Atlas.Domain;
using Atlas.Hosting.Models;
using Atlas.Http.Tests.Harness;
using Atlas.Learning.Options;
using Atlas.Learning.Rewards;
using Atlas.Models.Judges;
using Atlas.Models.Synthesis;
using Atlas.Testing;
using Atlas.Testing.Wire;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Atlas.Http.Tests.Access;

/// <summary>What judges and synthesizers of one's own ask models is paid as what Atlas asks itself.</summary>
public sealed class OwnPartsSpendingTests : IAsyncLifetime
{
    private PayingSilo _silo = null!;

    public async ValueTask InitializeAsync()
    {
        _silo = await PayingSilo.StartAsync(
            _ => """
                learning:
                  synthesis_quiet_seconds: 0
                runtime_safety:
                  review:
                    require_approval: false
                """,
            (silo, models) =>
            {
                var model = new LlmParameters { Provider = LlmProvider.OpenAI, Model = "mine", ApiKeyEnv = PayingSilo.KeyVariable, ApiBase = models, MaxOutputTokens = 500 };
                silo.UseJudge(services => new MyJudge(services.GetRequiredService<SiloModels>().Create(model)))
                    .UseSynthesizer(model, (_, chat) => new MySynthesizer(chat));
            });
        _silo.Models.When(_ => true, Answers.OpenAI("0.7"));
    }

    public ValueTask DisposeAsync() => _silo.DisposeAsync();

    [Fact]
    public async Task A_judge_and_a_synthesizer_of_ones_own_are_paid_and_wait_where_a_budget_does_not_suffice()
    {
        using var agent = await _silo.ClientAsync("agent");
        var id = await agent.RunSessionAsync("support/refunds", score: null, task: "ask a model");
        await Eventually.TrueAsync(
            async () => (await agent.GetAsync($"v1/sessions/{id}/reward", HttpStatusCode.OK)).Text("judging") == "judged", TimeSpan.FromSeconds(60), "The judging");
        await Eventually.TrueAsync(
            () => _silo.Database.ScalarAsync<bool>("SELECT count(*) FILTER (WHERE settled_at IS NOT NULL AND tokens > 0 AND owners = '{key:acme/agent,tenant:acme}') >= 2 AND bool_and(settled_at IS NOT NULL) FROM budget_reservations"),
            TimeSpan.FromSeconds(60), "The calls of the judge and the synthesizer are settled");

        // What is said of a model that was asked past it is counted, too.
        var before = await SpentAsync();
        var told = await agent.RunSessionAsync("support/other", score: null, task: "asked elsewhere");
        await Eventually.TrueAsync(async () => await SpentAsync() >= before + 1234, TimeSpan.FromSeconds(60), "What the judge says that it took is counted");
        Assert.Equal("judged", (await agent.GetAsync($"v1/sessions/{told}/reward?wait_seconds=20", HttpStatusCode.OK)).Text("judging"));

        await _silo.Budgets.SetAsync("tenant:acme", 100, null);
        var asked = _silo.Models.Requests.Count;
        var waits = await agent.RunSessionAsync("support/third", score: null, task: "ask a model");
        await Eventually.TrueAsync(
            () => _silo.Database.ScalarAsync<bool>("SELECT reason LIKE '%budget of tenant:acme%' AND attempts = 0 FROM session_judgings WHERE session_id = $1", waits), TimeSpan.FromSeconds(60), "The judging is put off");
        await agent.RunSessionAsync("support/fourth", score: 1);
        await Eventually.TrueAsync(
            async () => (await agent.GetAsync("v1/keys/support%2Ffourth", HttpStatusCode.OK)).GetProperty("synthesis_failure").GetString()?.Contains("budget of tenant:acme", StringComparison.Ordinal) is true,
            TimeSpan.FromSeconds(60), "The synthesis is put off");
        Assert.Equal(asked, _silo.Models.Requests.Count);
    }

    private async Task<long> SpentAsync() => (await _silo.Budgets.ListAsync(["key:acme/agent"]))[0].Tokens;

    private sealed class MyJudge(IChatClient chat) : IJudge
    {
        public string Name => "mine";

        public async Task<Judgement> JudgeAsync(JudgeRequest request, CancellationToken ct)
        {
            var asks = request.Task.StartsWith("ask a", StringComparison.Ordinal);
            var score = asks ? double.Parse((await chat.GetResponseAsync("How good was it?", cancellationToken: ct)).Text, System.Globalization.CultureInfo.InvariantCulture) : 0.5;
            return new Judgement
            {
                Reward = RewardRecords.Single(score, uncertainty: 0, Name, rationale: null, DateTimeOffset.UnixEpoch),
                Usage = asks ? TokenUsage.None : new TokenUsage(1, 1000, 234),
            };
        }
    }

    private sealed class MySynthesizer(IChatClient chat) : ISynthesizer
    {
        public string Name => "mine";

        public async Task<SynthesisAnswer> SynthesizeAsync(SynthesisRequest request, CancellationToken ct)
        {
            await chat.GetResponseAsync("What is the lesson?", cancellationToken: ct);
            return new SynthesisAnswer { Summary = "Nothing.", NothingToSay = true, Answer = JsonElement.Parse("{}") };
        }
    }
}
