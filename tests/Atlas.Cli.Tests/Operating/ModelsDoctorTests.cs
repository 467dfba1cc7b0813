using System.Text.Json;
using Atlas.Cli.Tests.Harness;
using Atlas.Testing;
using Atlas.Testing.Wire;
using Xunit;

namespace Atlas.Cli.Tests.Operating;

/// <summary><c>atlas doctor --models</c> against servers that answer, refuse, are silent or are not there.</summary>
public sealed class ModelsDoctorTests : IAsyncDisposable
{
    private const string Key = "sk-planted-0123456789";

    private readonly TestWorkspace _workspace = new();

    public ModelsDoctorTests() => _workspace.SetEnvironment("PLANTED_KEY", Key);

    [Fact]
    public async Task Each_model_is_tried_once_and_those_that_answer_are_fine()
    {
        await using var server = await ScriptedServer.StartAsync(Answers.OpenAI("ok"));
        server.When(request => request.Path.EndsWith("/messages", StringComparison.Ordinal), Answers.Anthropic("ok"));
        var models = $"""
            agent: {OpenAI(server, "agent-model", "{ type: litellm, name: a, system_prompt: s, llm: ", " }")}
            teacher: {OpenAI(server, "shared-model", "{ llm: ", " }")}
            rim:
              small_model: {OpenAI(server, "shared-model")}
              large_model: {Anthropic(server)}
            learning: {OpenAI(server, "learning-model", "{ llm: ", " }")}
            adaptive_teaching: {OpenAI(server, "probe-model", "{ probe: { llm: ", " } }")}
            """;

        var report = (await DoctorAsync(models, "--json")).Expect(ExitCode.Ok).Json();

        Assert.True(report.GetProperty("healthy").GetBoolean());
        Assert.Equal(
            ["agent.llm", "teacher.llm", "rim.small_model", "rim.large_model", "adaptive_teaching.probe.llm", "learning.llm"],
            Checks(report).Select(check => check.GetProperty("check").GetString()));
        Assert.Equal(
            ["agent-model", "claude-model", "learning-model", "probe-model", "shared-model", "shared-model"],
            server.Requests.Select(request => request.Model).Order(StringComparer.Ordinal));
        Assert.All(server.Requests, request => Assert.Single(request.Messages));
        Assert.All(server.Requests, request => Assert.Equal(16, Limit(request)));
    }

    [Fact]
    public async Task An_agent_is_asked_for_the_format_that_its_configuration_names()
    {
        await using var server = await ScriptedServer.StartAsync(Answers.Error(400, "'response_format.type' must be 'text'"));
        var agent = OpenAI(server, "m", "agent: { type: litellm, name: a, system_prompt: s, response_format: { type: json_schema, json_schema: { name: verdict, schema: { type: object } } }, llm: ", " }");

        var report = (await DoctorAsync(agent, "--json")).Expect(ExitCode.Failed).Json();

        Assert.Contains("must be 'text'", Checks(report).First().GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.True(server.Requests[0].Json.TryGetProperty("response_format", out _), server.Requests[0].Body);
    }

    [Theory]
    [InlineData(401, "does not accept the key, or the key has no access to this model (status 401): Incorrect API key provided: ***", "Check that PLANTED_KEY contains a valid key")]
    [InlineData(404, "does not have this model, or 'api_base' is wrong (status 404)", "Check learning.llm.model")]
    [InlineData(429, "accepts no more calls for now, or the account has no credit (status 429)", "the credit of the account")]
    [InlineData(500, "had an internal error (status 500)", "the problem is at the provider")]
    [InlineData(400, "does not accept the call (status 400)", "Change learning.llm;")]
    public async Task What_a_provider_refuses_is_said_in_words(int status, string found, string advice)
    {
        await using var server = await ScriptedServer.StartAsync(Answers.Error(status, $"Incorrect API key provided: {Key}"));

        var result = await DoctorAsync($"learning: {OpenAI(server, "gpt-x", "{ llm: ", " }")}", "--json");

        AssertProblem(result, found, advice);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_missing_key_is_said_before_anything_is_sent()
    {
        _workspace.SetEnvironment("PLANTED_KEY", null);
        await using var server = await ScriptedServer.StartAsync(Answers.OpenAI("ok"));

        AssertProblem(
            await DoctorAsync($"learning: {OpenAI(server, "gpt-x", "{ llm: ", " }")}", "--json"),
            "The environment variable PLANTED_KEY is not set. Set it to the API key of openai for the model 'gpt-x'.",
            "Set what is missing in the environment of the silo and the agents");
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_said()
    {
        var port = FreePorts.Find(1)[0];

        AssertProblem(
            await DoctorAsync($"learning: {{ llm: {{ model: gpt-x, api_key_env: PLANTED_KEY, api_base: 'http://127.0.0.1:{port}/v1' }} }}", "--json"),
            "could not be reached, or the connection was lost: Connection refused",
            "Check that learning.llm.api_base is correct");
    }

    [Fact]
    public async Task A_model_that_does_not_answer_in_time_is_said()
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Hang());

        AssertProblem(
            await DoctorAsync($"learning: {OpenAI(server, "gpt-x, timeout_seconds: 0.3", "{ llm: ", " }")}", "--json"),
            "did not answer within 0.3 seconds",
            "raise learning.llm.timeout_seconds");
    }

    [Fact]
    public async Task Something_else_than_a_provider_is_said()
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Json("<html>welcome</html>"));

        AssertProblem(
            await DoctorAsync($"learning: {OpenAI(server, "gpt-x", "{ llm: ", " }")}", "--json"),
            "answered with application/json",
            "Check learning.llm.api_base and learning.llm.provider");
    }

    [Fact]
    public async Task One_bad_model_among_good_ones_fails_the_whole_and_the_table_says_which()
    {
        await using var server = await ScriptedServer.StartAsync(Answers.OpenAI("ok"));
        server.When(request => request.Model == "large", Answers.Error(404, "no such model"));

        var result = (await DoctorAsync($"rim: {{ small_model: {OpenAI(server, "small")}, large_model: {OpenAI(server, "large")} }}")).Expect(ExitCode.Failed);

        Assert.Contains("rim.small_model", result.Output, StringComparison.Ordinal);
        Assert.Contains("ok", result.Output, StringComparison.Ordinal);
        Assert.Contains("problem", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_model_there_is_nothing_to_try_and_that_is_said()
    {
        var report = (await _workspace.RunAsync("doctor", "--models", "--json")).Expect(ExitCode.Ok).Json();

        Assert.Contains("names no models", Assert.Single(Checks(report)).GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_broken_configuration_is_told_and_nothing_is_tried() =>
        (await DoctorAsync("learning: { llm: { model: x, temperature: 9 } }"))
            .ExpectSentence(ExitCode.Failed, "learning.llm.temperature is 9, but must be a number from 0 to 2.");

    [Fact]
    public async Task A_file_without_models_option_is_a_wrong_command_line() =>
        (await _workspace.RunAsync("doctor", "--config", "atlas.yaml")).ExpectSentence(ExitCode.Usage, "--config needs --models");

    public ValueTask DisposeAsync() => _workspace.DisposeAsync();

    private async Task<CommandResult> DoctorAsync(string configuration, params string[] more)
    {
        await _workspace.WriteAsync("models.yaml", configuration);
        return await _workspace.RunAsync(["doctor", "--models", "--config", "models.yaml", .. more]);
    }

    private static void AssertProblem(CommandResult result, string found, string advice)
    {
        var check = Assert.Single(Checks(result.Expect(ExitCode.Failed).Json()));
        Assert.Equal(("learning.llm", "problem"), (check.GetProperty("check").GetString(), check.GetProperty("verdict").GetString()));
        Assert.Contains(found, check.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Contains(advice, check.GetProperty("advice").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Key, result.Output + result.Error, StringComparison.Ordinal);
    }

    private static IEnumerable<JsonElement> Checks(JsonElement report) => report.GetProperty("checks").EnumerateArray();

    private static int Limit(ScriptedRequest request) =>
        request.Json.GetProperty(request.Json.TryGetProperty("max_tokens", out _) ? "max_tokens" : "max_completion_tokens").GetInt32();

    private static string OpenAI(ScriptedServer server, string model, string before = "", string after = "") =>
        $"{before}{{ model: {model}, api_key_env: PLANTED_KEY, api_base: '{server.OpenAIAddress}' }}{after}";

    private static string Anthropic(ScriptedServer server) =>
        $"{{ provider: anthropic, model: claude-model, api_key_env: PLANTED_KEY, api_base: '{server.Address}' }}";
}
