using System.Collections.Immutable;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Atlas.Learning.Options;
using Atlas.Runtime.Agents;
using Atlas.Runtime.Agents.Http;
using Atlas.Testing.Wire;
using Microsoft.Extensions.AI;
using Xunit;

namespace Atlas.Run.Tests.Agents;

public sealed class HttpAgentTests : IDisposable
{
    private readonly HttpClient _http = new();

    [Fact]
    public async Task The_body_is_the_template_with_the_prompt_and_the_structured_payload()
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Json(new { output = "done" }));
        var look = AIFunctionFactory.Create((int order_id) => "x", "get_order", "Looks an order up.");

        await new HttpAgent(_http, Calls.Http(server.Address, """{"profile": "production"}""")).AnswerAsync(Calls.Step(tools: look));

        var body = JsonNode.Parse(server.Requests.Single().Body)!;
        Assert.Equal("production", (string?)body["profile"]);
        Assert.Contains("- Look first.", (string?)body["prompt"], StringComparison.Ordinal);
        var metadata = body["metadata"]!;
        Assert.Equal("execution", (string?)metadata["mode"]);
        Assert.Equal("Settle order 1042.", (string?)metadata["task_payload"]);
        Assert.Equal("""{"step_id":2,"description":"Do it.","depends_on":[1]}""", metadata["step_payload"]!.ToJsonString());
        Assert.Equal("get_order", (string?)metadata["tools"]![0]!["function"]!["name"]);
        Assert.Equal("auto", (string?)metadata["tool_choice"]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5_000_000)]
    [InlineData(double.MaxValue)]
    public async Task A_very_long_time_limit_is_none(double seconds)
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Json(new { output = "done" }));
        var options = Calls.Http(server.Address);

        var answer = await new HttpAgent(_http, options with { Transport = options.Transport with { TimeoutSeconds = seconds } }).AnswerAsync(Calls.Step());

        Assert.Equal("done", answer.Text);
    }

    [Fact]
    public async Task What_the_template_calls_prompt_or_metadata_is_left_alone()
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Json(new { output = "done" }));

        await new HttpAgent(_http, Calls.Http(server.Address, """{"prompt": "fixed", "metadata": null}""")).AnswerAsync(Calls.Step());

        var body = JsonNode.Parse(server.Requests.Single().Body)!.AsObject();
        Assert.Equal("fixed", (string?)body["prompt"]);
        Assert.True(body.ContainsKey("metadata") && body["metadata"] is null);
    }

    [Fact]
    public async Task The_result_is_found_along_its_path_and_objects_become_JSON()
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Json(new { data = new { answer = new { total = 3 } } }));

        var answer = await new HttpAgent(_http, Calls.Http(server.Address, "{}", "data", "answer")).AnswerAsync(Calls.Step());

        Assert.Equal("""{"total":3}""", answer.Text);
    }

    [Fact]
    public async Task Calls_of_tools_and_tokens_are_read_from_a_message()
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Json(
            """
            {"output": {"content": "", "tool_calls": [{"id": "1", "function": {"name": "get_order", "arguments": "{\"order_id\": 7}"}}],
             "usage": {"prompt_tokens": 8, "completion_tokens": 4}}}
            """));

        var answer = await new HttpAgent(_http, Calls.Http(server.Address)).AnswerAsync(Calls.Step());

        var call = Assert.Single(answer.Messages.SelectMany(message => message.Contents).OfType<FunctionCallContent>());
        Assert.Equal("get_order", call.Name);
        Assert.Equal(8, answer.Usage!.InputTokenCount);
    }

    [Fact]
    public async Task A_missing_result_is_told_at_once_and_not_asked_for_again()
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Json(new { data = new { other = 1 } }));

        var failure = await Assert.ThrowsAsync<AgentException>(
            () => new HttpAgent(_http, Calls.Http(server.Address, "{}", "data", "answer")).AnswerAsync(Calls.Step()));

        Assert.Contains("has no 'data.answer'", failure.Message, StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_failed_request_is_tried_again_until_one_succeeds()
    {
        await using var server = await ScriptedServer.StartAsync(
            ScriptedServer.Json(new { error = "busy" }, 503), ScriptedServer.Json("no json"), ScriptedServer.Json(new { output = "third" }));

        var answer = await new HttpAgent(_http, Calls.Http(server.Address)).AnswerAsync(Calls.Step());

        Assert.Equal("third", answer.Text);
        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public async Task The_last_failure_is_told_when_all_tries_failed()
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Json(new { error = "busy" }, 503));

        var failure = await Assert.ThrowsAsync<AgentException>(
            () => new HttpAgent(_http, Calls.Http(server.Address)).AnswerAsync(Calls.Step()));

        Assert.Contains("status 503", failure.Message, StringComparison.Ordinal);
        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public async Task An_agent_that_hangs_is_given_up_after_its_time()
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Hang());
        var options = Calls.Http(server.Address);
        options = options with { Transport = options.Transport with { TimeoutSeconds = 0.2, Retry = new RetryOptions() } };

        var failure = await Assert.ThrowsAsync<AgentException>(() => new HttpAgent(_http, options).AnswerAsync(Calls.Step()));

        Assert.Contains("did not answer within 0.2 seconds", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancelling_ends_a_call_that_hangs()
    {
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Hang(arrived));
        using var stop = new CancellationTokenSource();

        var call = new HttpAgent(_http, Calls.Http(server.Address)).AnswerAsync(Calls.Step(), stop.Token);
        await arrived.Task;
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    [Fact]
    public async Task Headers_are_sent_and_an_address_in_a_message_holds_no_password()
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Json(new { output = "done" }));
        var options = Calls.Http(server.Address);
        options = options with
        {
            Transport = options.Transport with { Headers = ImmutableSortedDictionary<string, string>.Empty.Add("X-Team", "finance") },
        };
        await new HttpAgent(_http, options).AnswerAsync(Calls.Step());
        Assert.Equal("finance", server.Requests.Single().Headers["X-Team"]);

        var away = Calls.Http(new Uri("http://user:hunter22@127.0.0.1:1/"));
        var failure = await Assert.ThrowsAsync<AgentException>(() => new HttpAgent(_http, away).AnswerAsync(Calls.Step()));
        Assert.DoesNotContain("hunter22", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tool_that_the_agent_executes_itself_is_asked_for_in_one_object()
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Json(new { output = "shipped" }));
        var call = Calls.Step() with
        {
            Payload = new AgentPayload(AgentMode.Tool, "task", null, new ToolPayload("get_order", new JsonObject { ["order_id"] = 7 })),
        };

        var answer = await new HttpAgent(_http, Calls.Http(server.Address)).AnswerAsync(call);

        var body = JsonNode.Parse(server.Requests.Single().Body)!;
        Assert.Equal("""{"tool":{"name":"get_order","arguments":{"order_id":7}}}""", (string?)body["prompt"]);
        Assert.Equal("tool", (string?)body["metadata"]!["mode"]);
        Assert.Equal("shipped", answer.Text);
    }

    public void Dispose() => _http.Dispose();
}
