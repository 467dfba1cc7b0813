using System.Text.Json;
using System.Text.Json.Nodes;
using Atlas.Configuration;
using Atlas.Configuration.Orchestration;
using Atlas.Domain;
using Atlas.Grains.Tests.Cluster;
using Atlas.Models.Judges;
using Atlas.Models.Synthesis;
using Atlas.Runtime.Agents;
using Atlas.Runtime.Tests.Harness;
using Microsoft.Extensions.AI;

namespace Atlas.Runtime.Tests.RealSilo;

/// <summary>An order desk on a silo and a database: its agent looks an order up before it refunds it only if it was told to.</summary>
internal sealed class RunningDesk : IAsyncDisposable
{
    public const string Key = "desk/refunds";

    private RunningDesk(TestCluster cluster) => Cluster = cluster;

    public TestCluster Cluster { get; }

    public ScriptedChat Student { get; } = new(Work);

    public ScriptedChat Teacher { get; } = new(call => call.Kind switch
    {
        "review" => call.Request["plan"]!.ToJsonString(),
        var kind when kind.StartsWith("verdict", StringComparison.Ordinal) =>
            call.Request["structured_output"]!["content"]!["status"]!.GetValue<string>() == "ok" ? """{"valid":true}""" : """{"valid":false,"guidance":"Look the order up."}""",
        _ => """{"guidance":"Take care."}""",
    });

    /// <param name="judge">Judges sessions that bring no reward; null for nobody.</param>
    public static async Task<RunningDesk> StartAsync(IJudge? judge = null) =>
        new(await TestCluster.StartAsync(synthesizer: new DeskSynthesizer(), judge: judge));

    public AtlasRuntime Runtime(SupervisionMode mode, OrchestrationFlow flow = OrchestrationFlow.Stepwise, AtlasRuntimeOptions? options = null) => new(
        Cluster.Client,
        new RuntimeParts
        {
            Agent = new ChatClientAgent(Student, "desk", "You work at the order desk.", [AIFunctionFactory.Create((string id) => $"Order {id}: 12 EUR", "get_order")]),
            Teacher = Teacher,
        },
        new AtlasConfiguration { Orchestration = new OrchestrationOptions { ForcedMode = mode, Flow = flow } },
        options);

    public static RunRequest Request(string task = "Refund order 1042") => new(task)
    {
        LearningKey = Key,
        Metadata = new JsonObject { ["source"] = "test", ["tags"] = new JsonArray("refund") },
        LearningPatience = TimeSpan.FromMinutes(1),
        Evaluator = (outcome, _) => Task.FromResult<SessionReward?>(
            new SessionReward(outcome.Answer.Contains("12 EUR", StringComparison.Ordinal) ? 1 : 0, 0, "environment")),
    };

    /// <summary>What the database says, as JSON.</summary>
    public async Task<JsonNode?> AskAsync(string sql, params object[] parameters) =>
        await Cluster.Database.ScalarAsync<string>($"SELECT ({sql})::text", parameters) is { } json ? JsonNode.Parse(json) : null;

    public ValueTask DisposeAsync() => Cluster.DisposeAsync();

    private static ChatResponse Work(ScriptedCall call) => call.Kind switch
    {
        "plan" => ScriptedChat.Say(Scene.TwoSteps),
        "synthesis" => ScriptedChat.Say(call.User.Contains("12 EUR", StringComparison.Ordinal) ? "Refunded 12 EUR." : "Refunded."),
        _ when call.LastResult.Length > 0 => ScriptedChat.Say(Scene.Done(call.LastResult)),
        _ when call.System.Contains("Call get_order first.", StringComparison.Ordinal) => ScriptedChat.Ask("get_order", new { id = "1042" }),
        _ => ScriptedChat.Say(Scene.Done("Refunded.")),
    };

    /// <summary>Learns one thing, from whatever session.</summary>
    private sealed class DeskSynthesizer : ISynthesizer
    {
        public string Name => "desk";

        public Task<SynthesisAnswer> SynthesizeAsync(SynthesisRequest request, CancellationToken ct) => Task.FromResult(new SynthesisAnswer
        {
            Summary = "Look first.",
            Answer = JsonSerializer.SerializeToElement(new
            {
                version = "playbook_entry.v1",
                student_pamphlet = "Call get_order first.",
                playbook_entries = new[]
                {
                    new
                    {
                        audience = "student",
                        cue = new { type = "keyword", pattern = "refund", description = "A refund is asked for" },
                        action = new { imperative = "Look the order up before paying", runtime_handle = "get_order", tool_name = "get_order" },
                        expected_effect = "The right amount is paid",
                        scope = new { category = "reinforcement", constraints = "", applies_when = "money goes back" },
                    },
                },
            }),
        });
    }
}
