using System.Text.Json;
using Atlas.Configuration;
using Atlas.Configuration.Orchestration;
using Atlas.Contracts.Playbooks;
using Atlas.Domain;
using Atlas.Domain.Experiments;
using Atlas.Domain.Playbooks;
using Atlas.Grains.Synthesis;
using Atlas.Grains.Tests.Cluster;
using Atlas.Learning.Evidence;
using Atlas.Models.Synthesis;
using Atlas.Runtime.Agents;
using Atlas.Runtime.Tests.Harness;
using Xunit;

namespace Atlas.Runtime.Tests.RealSilo;

/// <summary>The arms of an experiment with the configuration, from the start of the experiment to its verdict: a silo with a database, the
/// runtime, and a scripted model.</summary>
public sealed class ArmTests(ITestOutputHelper output)
{
    private const string Key = "desk/arms";
    private const string Prompt = "You work at the order desk.";

    private static readonly Attribution By = new("ann", "to know what is better");

    [Theory]
    [InlineData("model")]
    [InlineData("system_prompt")]
    [InlineData("injection_mode")]
    public async Task The_requests_of_the_arms_differ_in_what_the_arm_says_and_in_nothing_else(string what)
    {
        await using var cluster = await TestCluster.StartAsync(requireApproval: true, evidence: new EvidenceOptions { HoldoutShare = 0 });
        var client = cluster.Client;
        await client.ImportAsync(Key, new LearnedPlaybook { StudentPreface = "Look the order up first.", Form = PlaybookForm.Entries }, By);
        ArmSettings settings = what switch
        {
            "model" => new() { Model = "other-model" },
            "system_prompt" => new() { SystemPrompt = "{base_prompt} Answer in one sentence." },
            _ => new() { InjectionMode = InjectionMode.Suffix },
        };
        await client.StartExperimentAsync(Key, new ExperimentPlan { Configuration = settings, MaxSessions = 200 }, By);

        var student = new ScriptedChat(call => call.Kind == "plan" ? """{"steps":[{"id":1,"description":"Refund it"}]}""" : call.Kind == "synthesis" ? "Refunded." : Scene.Done("Refunded."));
        var runtime = new AtlasRuntime(
            client,
            new RuntimeParts { Agent = new ChatClientAgent(student, "desk", Prompt, []), Teacher = new ScriptedChat(_ => """{"guidance":"Go on."}""") },
            new AtlasConfiguration { Orchestration = new OrchestrationOptions { ForcedMode = SupervisionMode.Auto } });
        var (requests, counts) = (new Dictionary<bool, HashSet<(string? Model, string System, string User)>> { [true] = [], [false] = [] }, new Dictionary<bool, int> { [true] = 0, [false] = 0 });
        var report = (await client.ExperimentsAsync(Key))[0];
        while (report.Status is ExperimentStatus.Running && counts.Values.Sum() < 200)
        {
            var (from, isNew) = (student.Calls.Count, false);
            var result = await runtime.RunAsync(new RunRequest(Scene.Task)
            {
                LearningKey = Key,
                LearningPatience = TimeSpan.FromMinutes(1),
                Evaluator = async (_, _) =>
                {
                    isNew = await cluster.Database.ScalarAsync<bool>("SELECT (given -> 'arm' ->> 'is_new')::boolean FROM sessions ORDER BY id DESC LIMIT 1");
                    return new SessionReward(isNew ? 1 : 0, 0, "environment");
                },
            });
            Assert.Equal(SessionStatus.Succeeded, result.Status);
            counts[isNew]++;
            requests[isNew].UnionWith(student.Calls.Skip(from).Select(call => (call.Options?.ModelId, call.System, call.User)));
            report = (await client.ExperimentsAsync(Key))[0];
        }

        output.WriteLine(report.Summary);
        var block = (await client.ResolveAsync(Key)).Student!.Block;
        Assert.NotEmpty(requests[false]);
        Assert.All(requests[false], call => Assert.StartsWith(block, call.System, StringComparison.Ordinal));
        Assert.Equal(requests[false].Select(call => Changed(call, what, block)).Order(), requests[true].Order());
        Assert.Equal((ExperimentStatus.Decided, ExperimentDecision.Better), (report.Status, report.Decision));
        Assert.Equal((counts[true], counts[false]), (report.InNew, report.InFirst));
        Assert.Contains(report.Plan.Arms, report.Summary, StringComparison.Ordinal);
        Assert.Equal(
            what switch
            {
                "model" => "the model other-model against the configuration as it is",
                "system_prompt" => "another system prompt against the configuration as it is",
                _ => "the playbook as suffix against the configuration as it is",
            },
            report.Plan.Arms);
    }

    [Fact]
    public async Task The_requests_of_two_synthesizers_differ_in_what_each_wrote_and_in_nothing_else()
    {
        await using var cluster = await TestCluster.StartAsync(
            synthesizer: new Author("own", "Guess the amount."), evidence: new EvidenceOptions { HoldoutShare = 0 }, compared: new NamedSynthesizer("house", new Author("house", "Read the policy.")));
        var client = cluster.Client;
        var student = new ScriptedChat(call => call.Kind == "plan" ? """{"steps":[{"id":1,"description":"Refund it"}]}""" : call.Kind == "synthesis" ? "Refunded." : Scene.Done("Refunded."));
        var runtime = new AtlasRuntime(
            client,
            new RuntimeParts { Agent = new ChatClientAgent(student, "desk", Prompt, []), Teacher = new ScriptedChat(_ => """{"guidance":"Go on."}""") },
            new AtlasConfiguration { Orchestration = new OrchestrationOptions { ForcedMode = SupervisionMode.Auto } });
        var request = new RunRequest(Scene.Task) { LearningKey = Key, LearningPatience = TimeSpan.FromMinutes(1) };
        await runtime.RunAsync(request with { Evaluator = (_, _) => Task.FromResult<SessionReward?>(new SessionReward(0.5, 0, "environment")) });
        var started = await client.StartExperimentAsync(Key, new ExperimentPlan { Configuration = new ArmSettings { Synthesizer = "house" }, MaxSessions = 200 }, By);

        var report = started;
        var requests = new HashSet<(bool IsNew, string? Model, string After, string User)>();
        var counts = new Dictionary<bool, int> { [true] = 0, [false] = 0 };
        while (report.Status is ExperimentStatus.Running && counts.Values.Sum() < 200)
        {
            var (from, isNew) = (student.Calls.Count, false);
            await runtime.RunAsync(request with
            {
                Evaluator = (_, _) =>
                {
                    isNew = student.Calls[^1].System.Contains("Read the policy.", StringComparison.Ordinal);
                    return Task.FromResult<SessionReward?>(new SessionReward(isNew ? 1 : 0, 0, "environment"));
                },
            });
            counts[isNew]++;
            requests.UnionWith(student.Calls.Skip(from).Select(call => (
                isNew, call.Options?.ModelId, call.System[call.System.IndexOf(Prompt, StringComparison.Ordinal)..], call.User)));
            Assert.All(student.Calls.Skip(from), call => Assert.Contains(isNew ? "Read the policy." : "Guess the amount.", call.System, StringComparison.Ordinal));
            report = (await client.ExperimentsAsync(Key))[0];
        }

        output.WriteLine(report.Summary);
        Assert.Equal((ExperimentStatus.Decided, ExperimentDecision.Better), (report.Status, report.Decision));
        Assert.Equal((counts[true], counts[false]), (report.InNew, report.InFirst));
        Assert.Equal("the synthesizer house (version 3) against the one in use (version 2)", report.Plan.Arms);
        Assert.Equal(
            requests.Where(call => !call.IsNew).Select(call => (call.Model, call.After, call.User)).Order(),
            requests.Where(call => call.IsNew).Select(call => (call.Model, call.After, call.User)).Order());
    }

    private static (string? Model, string System, string User) Changed((string? Model, string System, string User) call, string what, string block) => what switch
    {
        "model" => call with { Model = "other-model" },
        "system_prompt" => call with { System = call.System.Replace(Prompt, $"{Prompt} Answer in one sentence.", StringComparison.Ordinal) },
        _ => call with { System = $"{call.System[block.Length..].TrimStart()}\n\n{block}" },
    };

    /// <summary>Always writes the same preface.</summary>
    private sealed class Author(string name, string preface) : ISynthesizer
    {
        public string Name => name;

        public Task<SynthesisAnswer> SynthesizeAsync(SynthesisRequest request, CancellationToken ct) => Task.FromResult(new SynthesisAnswer
        {
            Summary = preface,
            Answer = JsonSerializer.SerializeToElement(new { version = "playbook_entry.v1", student_pamphlet = preface, playbook_entries = Array.Empty<object>() }),
        });
    }
}
