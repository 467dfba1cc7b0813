using Atlas.Configuration.Orchestration;
using Atlas.Configuration.Student;
using Atlas.Domain;
using Atlas.Runtime.Agents;
using Atlas.Runtime.Tests.Harness;
using Microsoft.Extensions.AI;
using Xunit;

namespace Atlas.Runtime.Tests.Students;

public class ToolLoopTests
{
    private static readonly AIFunction GetOrder = AIFunctionFactory.Create((string id) => $"Order {id}: 12 EUR", "get_order");

    [Fact]
    public async Task A_tool_that_is_asked_for_is_called_and_its_answer_given_back()
    {
        var scene = Alone(call => call.Number == 1 ? ScriptedChat.Ask("get_order", new { id = "1042" }) : ScriptedChat.Say(Scene.Done(call.LastResult)));

        var result = await scene.RunAsync();

        Assert.Equal("Order 1042: 12 EUR", result.Answer);
        Assert.Equal(2, scene.Student.Calls.Count);
        Assert.Contains("AI: tool_calls=[{\"name\":\"get_order\",\"args\":{\"id\":\"1042\"},\"id\":\"call_1\"}]\nTOOL: Order 1042: 12 EUR", result.Steps[0].Trace, StringComparison.Ordinal);
        Assert.Equal(
            ["TOOL_START get_order student", "TOOL_END get_order student"],
            scene.Session.EventLines.Where(line => line.StartsWith("TOOL", StringComparison.Ordinal)));
        Assert.Equal(new TokenUsage(2, 20, 10), result.Usage["student"]);
    }

    [Theory]
    [InlineData("get_order", "{}", "needs the argument 'id'")]
    [InlineData("get_order", """{"id":"1","colour":"red"}""", "has no argument 'colour'")]
    [InlineData("drop_tables", "{}", "There is no tool drop_tables. There are: get_order, break_down.")]
    [InlineData("break_down", "{}", "The desk is closed.")]
    public async Task What_goes_wrong_in_a_tool_is_told_to_the_agent(string tool, string arguments, string said)
    {
        var scene = Alone(call => call.Number == 1
            ? new ChatResponse(new ChatMessage(ChatRole.Assistant, [new FunctionCallContent("call_1", tool, Read(arguments))]))
            : ScriptedChat.Say(call.LastResult));
        scene.Tools = [GetOrder, AIFunctionFactory.Create((Func<string>)(() => throw new InvalidOperationException("The desk is closed.")), "break_down")];

        var result = await scene.RunAsync();

        Assert.Equal(SessionStatus.Succeeded, result.Status);
        Assert.StartsWith("Error: ", result.Answer, StringComparison.Ordinal);
        Assert.Contains(said, result.Answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_last_call_is_asked_for_an_answer_and_no_longer_for_tools()
    {
        var scene = Alone(call => call.Options!.ToolMode is NoneChatToolMode ? ScriptedChat.Say(Scene.Done("enough")) : ScriptedChat.Ask("get_order", new { id = "1" }));
        scene.Options = scene.Options with { MaxAgentCalls = 4 };

        Assert.Equal("enough", (await scene.RunAsync()).Answer);
        Assert.Equal(4, scene.Student.Calls.Count);
    }

    [Fact]
    public async Task An_agent_that_never_answers_fails_its_step()
    {
        var scene = Alone(_ => ScriptedChat.Ask("get_order", new { id = "1" }));
        scene.Options = scene.Options with { MaxAgentCalls = 3 };

        var result = await scene.RunAsync();

        Assert.Equal((SessionStatus.Failed, "The agent was asked 3 times in step 1 and still called tools instead of answering."), (result.Status, result.Error));
    }

    [Fact]
    public async Task A_required_tool_is_required_until_one_was_called()
    {
        var scene = Alone(call => call.Number == 1 ? ScriptedChat.Ask("get_order", new { id = "1" }) : ScriptedChat.Say("done"));
        scene.Configuration = scene.Configuration with { Student = new StudentOptions { ToolChoice = ToolChoice.Required } };

        await scene.RunAsync();

        Assert.IsType<RequiredChatToolMode>(scene.Student.Calls[0].Options!.ToolMode);
        Assert.IsType<AutoChatToolMode>(scene.Student.Calls[1].Options!.ToolMode);
    }

    [Fact]
    public async Task A_tool_that_is_only_declared_is_executed_by_the_agent_itself()
    {
        var asked = new List<string>();
        var scene = new Scene().With(SupervisionMode.Auto);
        scene.Agent = new DelegateAgent(
            "order-desk",
            (call, _) =>
            {
                asked.Add(call.Payload.ToJson().ToJsonString());
                return Task.FromResult(call.Payload.Tool is { } tool ? $"{tool.Name} of {tool.Arguments["id"]} is 12"
                    : asked.Count == 1 ? """{"content":"","tool_calls":[{"id":"a","type":"function","function":{"name":"price","arguments":"{\"id\":\"1042\"}"}}]}"""
                    : call.Messages[^1].Contents.OfType<FunctionResultContent>().Single().Result!.ToString()!);
            },
            tools: [GetOrder.AsDeclarationOnly(), Declared("price")]);

        var result = await scene.RunAsync();

        Assert.Equal("price of 1042 is 12", result.Answer);
        Assert.Contains("""{"mode":"tool","task_payload":"Refund order 1042","step_payload":{"step_id":1,""", asked[1], StringComparison.Ordinal);
        Assert.EndsWith(""","tool":{"name":"price","arguments":{"id":"1042"}}}""", asked[1], StringComparison.Ordinal);
    }

    private static AIFunctionDeclaration Declared(string name) => AIFunctionFactory.Create((string id) => id, name).AsDeclarationOnly();

    private static Dictionary<string, object?> Read(string json) =>
        global::System.Text.Json.Nodes.JsonNode.Parse(json)!.AsObject().ToDictionary(item => item.Key, item => (object?)item.Value?.DeepClone());

    private static Scene Alone(Func<ScriptedCall, ChatResponse> student) =>
        new Scene { Student = new ScriptedChat(student), Tools = [GetOrder] }.With(SupervisionMode.Auto);

    [Theory]
    [InlineData("row\n")]
    [InlineData("😀")]
    public async Task A_result_too_long_for_a_model_is_sent_with_its_beginning_and_its_end(string row)
    {
        var rows = string.Concat(Enumerable.Repeat(row, 100_000));
        var scene = Alone(call => call.Number == 1 ? ScriptedChat.Ask("dump", new { }) : ScriptedChat.Say(Scene.Done("enough")));
        scene.Tools = [AIFunctionFactory.Create(() => "x" + rows + "END", "dump")];
        scene.Configuration = scene.Configuration with { Student = new StudentOptions { MaxToolResultCharacters = 2_000 } };

        await scene.RunAsync();

        var sent = scene.Student.Calls[1].LastResult;
        Assert.InRange(sent.Length, 2_000, 2_300);
        Assert.StartsWith("x" + row, sent, StringComparison.Ordinal);
        Assert.EndsWith("END", sent, StringComparison.Ordinal);
        Assert.Contains("characters of this result are left out here: student.max_tool_result_characters is 2,000", sent, StringComparison.Ordinal);
        Assert.True(System.Text.Encoding.UTF8.GetByteCount(sent) > 0 && !sent.Contains('\uFFFD', StringComparison.Ordinal));
        new System.Text.UTF8Encoding(false, throwOnInvalidBytes: true).GetBytes(sent);
    }

    [Fact]
    public async Task An_answer_that_reached_its_limit_of_tokens_is_a_warning()
    {
        var scene = Alone(_ => new ChatResponse(new ChatMessage(ChatRole.Assistant, "Half a sen")) { FinishReason = ChatFinishReason.Length });

        var result = await scene.RunAsync();

        Assert.Equal(SessionStatus.Succeeded, result.Status);
        Assert.Contains(result.Warnings, warning => warning.Contains("was cut off: student.max_step_tokens (2048) was reached", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_refusal_and_an_answer_of_nothing_fail_the_session()
    {
        foreach (var (response, says) in ((ChatResponse, string)[])
        [
            (new(new ChatMessage(ChatRole.Assistant, "")) { FinishReason = ChatFinishReason.Length }, "used up its token limit"),
            (new(new ChatMessage(ChatRole.Assistant, "The b")) { FinishReason = ChatFinishReason.ContentFilter }, "refused to answer, or a filter stopped it: The b"),
            (new(new ChatMessage(ChatRole.Assistant, [new ErrorContent("I cannot help with that.") { ErrorCode = "Refusal" }])), "I cannot help with that."),
        ])
        {
            var result = await Alone(_ => response).RunAsync();

            Assert.Equal(SessionStatus.Failed, result.Status);
            Assert.Contains(says, result.Error, StringComparison.Ordinal);
        }
    }
}
