using System.Text.Json.Nodes;
using Atlas.Configuration;
using Atlas.Configuration.AdaptiveTeaching;
using Atlas.Configuration.Orchestration;
using Atlas.Runtime.Agents;
using Microsoft.Extensions.AI;

namespace Atlas.Runtime.Tests.Harness;

/// <summary>A runtime with scripted models over a cluster in memory.</summary>
internal sealed class Scene
{
    public const string Task = "Refund order 1042";
    public const string TwoSteps =
        """{"steps":[{"id":1,"description":"Look the order up","depends_on":[]},{"id":2,"description":"Refund it","depends_on":[1]}]}""";
    public const string SideBySide =
        """{"steps":[{"id":1,"description":"Read the first"},{"id":2,"description":"Read the second"},{"id":3,"description":"Compare","depends_on":["#1","step_2"]}]}""";

    public Scene()
    {
        Student = new ScriptedChat(call => call.Kind switch
        {
            "plan" => TwoSteps,
            "synthesis" => "Order 1042 is refunded.",
            var step => Done($"Did {step}."),
        });
        Teacher = new ScriptedChat(call => call.Kind switch
        {
            "review" => call.Request["plan"]!.ToJsonString(),
            var kind when kind.StartsWith("verdict", StringComparison.Ordinal) => """{"valid":true,"guidance":null}""",
            _ => """{"guidance":"Look twice. Then act. Never guess."}""",
        });
    }

    public MemoryCluster Cluster { get; } = new();

    public MemorySession Session => Cluster.Session;

    public ScriptedChat Student { get; set; }

    public ScriptedChat? Teacher { get; set; }

    public ScriptedChat? Probe { get; set; }

    public IAgent? Agent { get; set; }

    public IReadOnlyList<AITool> Tools { get; set; } = [];

    public RecordingObserver Observer { get; } = new();

    public AtlasConfiguration Configuration { get; set; } = new();

    public AtlasRuntimeOptions Options { get; set; } = new() { Patience = TimeSpan.FromSeconds(30), RetryPause = TimeSpan.FromMilliseconds(1) };

    public RunRequest Request { get; set; } = new(Task);

    public IReadOnlyList<string> StudentKinds => [.. Student.Calls.Select(call => call.Kind)];

    public IReadOnlyList<string> TeacherKinds => [.. Teacher!.Calls.Select(call => call.Kind)];

    public static string Done(string deliverable) => new JsonObject
    {
        ["status"] = "ok",
        ["result"] = new JsonObject { ["deliverable"] = deliverable, ["artifacts"] = null },
    }.ToJsonString();

    public Scene With(
        SupervisionMode? mode = null,
        OrchestrationFlow flow = OrchestrationFlow.Stepwise,
        int retries = 1,
        bool validateFinal = true,
        double timeout = 900,
        bool emit = true,
        AdaptiveTeachingOptions? adaptive = null)
    {
        Configuration = Configuration with
        {
            Orchestration = new OrchestrationOptions
            {
                ForcedMode = mode,
                Flow = flow,
                MaxRetries = retries,
                ValidateFinalAttempt = validateFinal,
                StepTimeoutSeconds = timeout,
                EmitIntermediateSteps = emit,
            },
            AdaptiveTeaching = adaptive ?? Configuration.AdaptiveTeaching,
        };
        return this;
    }

    public AtlasRuntime Build() => new(
        Cluster,
        new RuntimeParts
        {
            Agent = Agent ?? new ChatClientAgent(Student, "order-desk", "You work at the order desk.", Tools),
            Teacher = Teacher,
            Probe = Probe,
            Observers = [Observer],
        },
        Configuration,
        Options);

    public Task<RunResult> RunAsync(CancellationToken cancellationToken = default) => Build().RunAsync(Request, cancellationToken);
}
