using System.Collections.Immutable;
using Microsoft.Extensions.AI;

namespace Atlas.Runtime.Agents;

/// <summary>Does the tasks: a model, a program behind an address, or a delegate. The runtime uses it as the student.</summary>
/// <remarks>All sessions of a runtime, and the parallel steps of each, share an agent, so it must not keep the state of a call: everything
/// about a call is in <see cref="AgentCall"/>. It does not execute its <see cref="Tools"/>; it asks for them, and the runtime calls
/// them.</remarks>
public interface IAgent
{
    /// <summary>Gets the agent's name. It is part of the learning key: with another name, learning starts over.</summary>
    string Name { get; }

    /// <summary>Gets the agent's system prompt. The runtime puts it into every system message, once; the agent adds nothing.</summary>
    string SystemPrompt { get; }

    /// <summary>Gets the tools that the agent can ask for in a step.</summary>
    /// <remarks>The runtime calls an <see cref="AIFunction"/>. A tool that is only declared goes back to the agent as a call with the mode
    /// <see cref="AgentMode.Tool"/>.</remarks>
    ImmutableArray<AITool> Tools => [];

    /// <summary>Makes a call and streams the answer.</summary>
    /// <param name="call">The call.</param>
    /// <param name="cancellationToken">Cancels the call, also when the time for the step is over.</param>
    /// <returns>Text, reasoning (<see cref="TextReasoningContent"/>), tool calls (<see cref="FunctionCallContent"/>) and, once, the usage of
    /// the call (<see cref="UsageContent"/>). An agent that answers in JSON can use <see cref="AgentAnswer"/>.</returns>
    IAsyncEnumerable<ChatResponseUpdate> CallAsync(AgentCall call, CancellationToken cancellationToken);
}
