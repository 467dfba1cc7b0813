using System.Text.Json;
using Atlas.Configuration.Agents;
using Atlas.Learning.Options;
using Atlas.Runtime.Agents;
using Microsoft.Extensions.AI;

namespace Atlas.Run.Tests.Agents;

/// <summary>Calls of agents as the runtime makes them.</summary>
internal static class Calls
{
    public static AgentCall Step(string task = "Settle order 1042.", params AITool[] tools) => new()
    {
        Messages =
        [
            new ChatMessage(ChatRole.System, ">>> Student Playbook >>>\n- Look first.\n>>> End Student Playbook >>>\n\nYou work at a desk."),
            new ChatMessage(ChatRole.User, $"Task: {task}"),
        ],
        Payload = new AgentPayload(AgentMode.Execution, task, new StepPayload(2, "Do it.", [1])),
        Tools = [.. tools],
        ToolMode = tools.Length == 0 ? null : ChatToolMode.Auto,
    };

    public static HttpAgentOptions Http(Uri address, string template = "{}", params string[] resultPath) => new()
    {
        Name = "web",
        SystemPrompt = "You work at a desk.",
        Transport = new TransportOptions
        {
            BaseUrl = address.AbsoluteUri,
            Retry = new RetryOptions { Attempts = 3, BackoffSeconds = 0 },
        },
        PayloadTemplate = JsonElement.Parse(template),
        ResultPath = resultPath.Length == 0 ? ["output"] : [.. resultPath],
    };

    /// <summary>Everything that the agent says to a call, as one message.</summary>
    public static async Task<ChatResponse> AnswerAsync(this IAgent agent, AgentCall call, CancellationToken cancellation = default) =>
        await agent.CallAsync(call, cancellation).ToChatResponseAsync(cancellation);
}
