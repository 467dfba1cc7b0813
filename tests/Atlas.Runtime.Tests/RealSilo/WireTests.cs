using System.Collections.Immutable;
using Atlas.Configuration;
using Atlas.Configuration.Orchestration;
using Atlas.Domain;
using Atlas.Learning.Options;
using Atlas.Models.Providers;
using Atlas.Runtime.Agents;
using Atlas.Runtime.Tests.Harness;
using Atlas.Testing.Wire;
using Microsoft.Extensions.AI;
using Xunit;

namespace Atlas.Runtime.Tests.RealSilo;

public class WireTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_session_against_a_model_server_is_the_calls_it_should_be(bool stream)
    {
        await using var server = await ScriptedServer.StartAsync();
        server
            .When(request => request.Model == "teacher" && request.TextOf("user").Contains("structured_output", StringComparison.Ordinal), Answers.OpenAI("""{"valid":true,"guidance":null}"""))
            .When(request => request.Model == "teacher", Answers.OpenAI("Looks fine to me."))
            .When(request => request.TextOf("user").StartsWith("Task:", StringComparison.Ordinal), Said("""{"steps":[{"id":1,"description":"Look it up"}]}"""))
            .When(request => request.Messages[^1].Role == "tool", Said(Scene.Done("12 EUR")))
            .When(request => request.TextOf("user").StartsWith("Step ID: 1", StringComparison.Ordinal), Tool())
            .When(request => request.TextOf("user").StartsWith("Original Task:", StringComparison.Ordinal), Said("Order 1042 costs 12 EUR."));
        await using var models = new ChatClientFactory(new ChatClientFactoryOptions { ReadVariable = name => name == "DESK_KEY" ? "secret" : null });
        var cluster = new MemoryCluster();
        var runtime = new AtlasRuntime(
            cluster,
            new RuntimeParts
            {
                Agent = new ChatClientAgent(
                    models.Create(Parameters(server, "student")), "desk", "You work at the order desk.",
                    [AIFunctionFactory.Create((string id) => $"Order {id}: 12 EUR", "get_order")], stream),
                Teacher = models.Create(Parameters(server, "teacher")),
                Prices = ImmutableDictionary<string, TokenPrice>.Empty.Add("student", new TokenPrice { InputPerMillion = 2, OutputPerMillion = 8 }),
            },
            new AtlasConfiguration { Orchestration = new OrchestrationOptions { ForcedMode = SupervisionMode.Paired } });

        var result = await runtime.RunAsync(new RunRequest("What does order 1042 cost?"));

        Assert.Equal((SessionStatus.Succeeded, "Order 1042 costs 12 EUR."), (result.Status, result.Answer));
        Assert.Equal(["student", "teacher", "student", "student", "teacher", "student"], server.Requests.Select(request => request.Model));
        Assert.Equal([stream, false, stream, stream, false, stream], server.Requests.Select(request => request.Streams));
        Assert.Equal("get_order", server.Requests[2].Json.GetProperty("tools")[0].GetProperty("function").GetProperty("name").GetString());
        Assert.Equal("Order 1042: 12 EUR", server.Requests[3].Messages[^1].Text.Trim('"'));
        Assert.All(server.Requests, request => Assert.Single(request.Messages, message => message.Role == "system"));
        Assert.Equal(new TokenUsage(4, 44, 28), result.Usage["student"]);
        Assert.Equal(new TokenUsage(2, 22, 14), result.Usage["teacher"]);
        Assert.Equal(KeyValuePair.Create("student", 0.000312m), Assert.Single(result.Cost));
        Assert.Contains("the answer is not JSON", Assert.Single(result.Warnings), StringComparison.Ordinal);

        Func<Microsoft.AspNetCore.Http.HttpContext, Task> Said(string text) => stream ? Answers.Stream([text[..1], text[1..]]) : Answers.OpenAI(text);

        Func<Microsoft.AspNetCore.Http.HttpContext, Task> Tool() =>
            stream ? Answers.StreamTool("get_order", """{"id":"1042"}""") : Answers.OpenAITool("get_order", """{"id":"1042"}""");
    }

    private static LlmParameters Parameters(ScriptedServer server, string model) => new()
    {
        Model = model,
        ApiBase = server.OpenAIAddress,
        ApiKeyEnv = "DESK_KEY",
    };
}
