using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Atlas.Configuration;
using Atlas.Domain;
using Atlas.Runtime.Configured;
using Atlas.Runtime.Tests.Harness;
using Atlas.Testing.Wire;
using Microsoft.Extensions.AI;

namespace Atlas.Runtime.Tests.Configured;

/// <summary>All that can be seen of two sessions in a row that ran by a configuration: what models, agents and tool servers were sent,
/// what was stored, what observers were told, and what came back. Without what differs from run to run.</summary>
internal static partial class RunPicture
{
    private const string TwoSteps = """{"steps":[{"id":1,"description":"Look the order up"}]}""";

    /// <param name="settings">The configuration; in a text, <c>SERVER</c> stands for the address of the models, and <c>WRITTEN</c>
    /// for a file that a program may write.</param>
    /// <param name="isNew">Whether the learning key has no sessions yet.</param>
    /// <param name="isSlow">Whether the student never ends a step.</param>
    public static async Task<string> OfAsync(JsonObject settings, bool isNew, bool isSlow)
    {
        await using var server = await ServerAsync(isSlow);
        var folder = Directory.CreateTempSubdirectory("atlas-").FullName;
        var (file, written) = (Path.Combine(folder, "atlas.json"), Path.Combine(folder, "written"));
        await File.WriteAllTextAsync(file, settings.ToJsonString()
            .Replace("SERVER", server.Address.AbsoluteUri.TrimEnd('/'), StringComparison.Ordinal).Replace("WRITTEN", written, StringComparison.Ordinal));
        try
        {
            var configuration = ConfigurationLoader.Load(new ConfigurationRequest { Files = [file], Environment = ImmutableDictionary<string, string>.Empty });
            var cluster = new MemoryCluster
            {
                Playbook = MemoryCluster.Resolved("Look twice.", "Be strict."),
                Past = isNew ? [] : [.. Enumerable.Range(1, 12).Select(score => score / 20.0)],
            };
            var observer = new RecordingObserver();
            var outcome = await RunAsync(configuration, cluster, observer);
            return Usual($"""
                {outcome}
                {string.Join('\n', server.Requests.Select(Written))}
                {Written(cluster.Started)}
                {Written(cluster.Session.Plan)} {Written(cluster.Session.Steps)} {Written(cluster.Session.Guidance.Select(note => note.Note))} {Written(cluster.Session.Completion)}
                {string.Join('\n', cluster.Session.EventLines)}
                {string.Join('\n', observer.Events.Select(seen => seen.GetType().Name))}
                {(File.Exists(written) ? await File.ReadAllTextAsync(written) : "")}
                """, server);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<string> RunAsync(AtlasConfiguration configuration, MemoryCluster cluster, RecordingObserver observer)
    {
        try
        {
            await using var configured = await ConfiguredRuntime.CreateAsync(configuration, new ConfiguredRuntimeOptions
            {
                ReadVariable = name => name is "KEY" or "DESK_TOKEN" or "RUN_KEY" ? $"{name} secret" : null,
                Observers = [observer],
                Functions = [AIFunctionFactory.Create((string id) => $"Order {id}: {new string('x', 3000)}", "get_order")],
            });
            var runtime = configured.Over(cluster);
            var said = "";
            for (var run = 0; run < 2; run++)
            {
                var result = await runtime.RunAsync(new RunRequest(Scene.Task)
                {
                    Metadata = Metadata(),
                    Evaluator = (_, _) => Task.FromResult<SessionReward?>(new SessionReward(0.5, 0, "test")),
                });
                said += $"{result.Status} {result.Answer} {result.Error} {result.ExecutionMode} {result.ModeSource} {string.Join(' ', result.Warnings)} "
                    + string.Join(' ', result.Cost.Select(cost => string.Create(CultureInfo.InvariantCulture, $"{cost.Key}={cost.Value}"))) + "\n";
            }

            return said + configured.ProbeAbsent;
        }
        catch (Exception failure) when (failure is Agents.AgentException or Models.Providers.ModelException)
        {
            return failure.Message;
        }
    }

    /// <summary>What a caller may say of a session, enough of it that every limit of the digest cuts something.</summary>
    private static JsonObject Metadata() => new()
    {
        ["source"] = "ticket",
        ["team"] = "refunds",
        ["notes"] = new string('n', 6000),
        ["tags"] = new JsonArray("urgent"),
        ["reward_audit_summary"] = new JsonArray([.. Enumerable.Range(1, 6).Select(number => (JsonNode)$"audit {number}")]),
        ["plan"] = new JsonObject { ["steps"] = new JsonArray([.. Enumerable.Range(1, 9).Select(number => (JsonNode)$"planned {number}")]) },
        ["steps"] = new JsonArray([.. Enumerable.Range(1, 9).Select(number => (JsonNode)$"did {number}")]),
        ["learning_history"] = new JsonObject { ["entries"] = new JsonArray([.. Enumerable.Range(1, 9).Select(number => (JsonNode)$"learned {number} {new string('l', 400)}")]) },
    };

    private static async Task<ScriptedServer> ServerAsync(bool isSlow)
    {
        var server = await ScriptedServer.StartAsync();
        server
            .When(request => request.Path.StartsWith("/agent", StringComparison.Ordinal), ScriptedServer.Json(new { output = "Done.", other = "Done otherwise." }))
            .When(request => request.Path.StartsWith("/flaky", StringComparison.Ordinal), Answers.Error(503, "Later."), ScriptedServer.Json(new { output = "Done." }))
            .When(request => request.Path.StartsWith("/tools", StringComparison.Ordinal), Answers.Error(404, "There are no tools here."))
            .When(request => request.Path.StartsWith("/hang", StringComparison.Ordinal), ScriptedServer.Hang())
            .When(request => request.Model == "probe", Answers.OpenAI("""{"confidence":0.6,"rationale":"some were like it"}"""))
            .When(request => request.Model == "teacher" && request.TextOf("user").Contains("structured_output", StringComparison.Ordinal),
                Answers.OpenAI("""{"valid":false,"guidance":null}"""), Answers.OpenAI("""{"valid":true,"guidance":null}"""))
            .When(request => request.Model == "teacher" && request.TextOf("user").Contains("\"steps\"", StringComparison.Ordinal), Answers.OpenAI(TwoSteps))
            .When(request => request.Model == "teacher", Answers.OpenAI("""{"guidance":"Look twice."}"""))
            .When(request => request.Model == "student" && request.TextOf("user").StartsWith("Task:", StringComparison.Ordinal), Answers.OpenAI(TwoSteps))
            .When(request => request.Model == "student" && request.TextOf("user").StartsWith("Original Task:", StringComparison.Ordinal), Answers.OpenAI("Refunded."))
            .When(request => request.Model == "student" && request.Messages[^1].Role == "tool", Answers.OpenAI(Scene.Done("12 EUR")))
            .When(request => request.Model == "student" && isSlow, ScriptedServer.Hang())
            .When(request => request.Model == "student", Answers.OpenAITool("get_order", """{"id":"1042"}"""));
        return server;
    }

    private static string Written(ScriptedRequest request) =>
        $"{request.Method} {request.Path} {string.Join(' ', request.Headers.Where(header => IsOurs(header.Key)).OrderBy(header => header.Key, StringComparer.Ordinal))} {request.Body}";

    private static bool IsOurs(string header) => header is "Authorization" || header.StartsWith("X-Team", StringComparison.OrdinalIgnoreCase);

    private static string Written(object? value) => JsonSerializer.Serialize(value, JsonSerializerOptions.Web);

    /// <summary>Times, durations, ids, the address of the server and how the end of a program is noticed are other ones in each run.</summary>
    private static string Usual(string seen, ScriptedServer server) => Passing().Replace(
        seen.Replace(server.Address.Authority, "SERVER", StringComparison.Ordinal), "~");

    [GeneratedRegex("""The transport was closed.*|MCP server process exited.*|\d{4}-\d\d-\d\dT[0-9:.]+(Z|[+-]\d\d:\d\d)|[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}|"[a-z_]*(duration|elapsed|seconds|runtime|latency|_ms)[a-z_]*":\s*[0-9.eE+-]+""", RegexOptions.IgnoreCase)]
    private static partial Regex Passing();
}
