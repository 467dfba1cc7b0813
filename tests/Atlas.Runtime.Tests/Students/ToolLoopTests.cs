using Atlas.Configuration.Orchestration;
using Atlas.Configuration.Student;
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
        Assert.Equal(new TokenUsage(20, 10, 30, 2), result.Usage["student"]);
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

        Assert.Equal("succeeded", result.Status);
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

        Assert.Equal(("failed", "The agent was asked 3 times in step 1 and still called tools instead of answering."), (result.Status, result.Error));
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
}
