using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace Atlas.Runtime.Agents;

/// <summary>One call of an agent. Immutable, and owned by one step: parallel steps never see each other's.</summary>
public sealed record AgentCall
{
    /// <summary>The conversation: the system message with the playbook in it, what is asked, and, later in a step, the calls of
    /// tools with their results.</summary>
    public required ImmutableArray<ChatMessage> Messages { get; init; }

    /// <summary>The same in structured form, for agents that are programs and not models.</summary>
    public required AgentPayload Payload { get; init; }

    /// <summary>The tools that may be asked for.</summary>
    public ImmutableArray<AITool> Tools { get; init; } = [];

    /// <summary>Whether a tool may or must be asked for; null where there are none.</summary>
    public ChatToolMode? ToolMode { get; init; }

    /// <summary>The form of the answer; null leaves it to the agent.</summary>
    public ChatResponseFormat? ResponseFormat { get; init; }

    /// <summary>Largest answer, in tokens; null for no limit.</summary>
    public int? MaxOutputTokens { get; init; }

    /// <summary>The model to call, where an experiment asks for another one; null for the agent's own.</summary>
    public string? Model { get; init; }

    /// <summary>What the caller said of the session, for agents that show some of it to their model; empty for nothing.</summary>
    /// <remarks>It belongs to everybody who sees the call: read it, never change it.</remarks>
    public JsonObject Metadata { get; init; } = [];

    /// <summary>The conversation as one text, its messages separated by blank lines: the prompt of agents that take a text.</summary>
    public string Prompt => string.Join("\n\n", Messages.Select(Transcript.Render).Where(text => text.Length > 0));
}
