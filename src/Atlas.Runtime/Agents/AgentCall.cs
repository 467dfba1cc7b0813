using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace Atlas.Runtime.Agents;

/// <summary>One call of an agent. Immutable, and owned by one step: parallel steps never see each other's calls.</summary>
public sealed record AgentCall
{
    /// <summary>Gets the conversation: the system message with the playbook, the request, and, later in a step, the tool calls with their
    /// results.</summary>
    public required ImmutableArray<ChatMessage> Messages { get; init; }

    /// <summary>Gets the same in structured form, for agents that are programs and not models.</summary>
    public required AgentPayload Payload { get; init; }

    /// <summary>Gets the tools that the agent can ask for.</summary>
    public ImmutableArray<AITool> Tools { get; init; } = [];

    /// <summary>Gets a value indicating whether the agent can or must ask for a tool; null if there are no tools.</summary>
    public ChatToolMode? ToolMode { get; init; }

    /// <summary>Gets the form of the answer; null leaves it to the agent.</summary>
    public ChatResponseFormat? ResponseFormat { get; init; }

    /// <summary>Gets the largest number of tokens of the answer; null for no limit.</summary>
    public int? MaxOutputTokens { get; init; }

    /// <summary>Gets the model to call if an experiment asks for another one; null for the agent's own.</summary>
    public string? Model { get; init; }

    /// <summary>Gets the caller's metadata of the session, for agents that show some of it to their model; empty if there is none.</summary>
    /// <remarks>Shared by everyone who sees the call: read it, but never change it.</remarks>
    public JsonObject Metadata { get; init; } = [];

    /// <summary>Gets the conversation as one text, with blank lines between messages: the prompt for agents that take a text.</summary>
    public string Prompt => string.Join("\n\n", Messages.Select(Transcript.Render).Where(text => text.Length > 0));
}
