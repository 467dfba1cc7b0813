using System.Collections.Immutable;
using Microsoft.Extensions.AI;

namespace Atlas.Runtime.Agents;

/// <summary>What does the tasks: a model, a program behind an address, a delegate. The runtime plays the student through it.</summary>
/// <remarks>An agent is shared by all sessions of a runtime and by the parallel steps of one, so it keeps nothing of a call in
/// itself: everything about a call comes with <see cref="AgentCall"/>. It executes no tools of <see cref="Tools"/> by itself; it
/// asks for them, and the runtime calls them.</remarks>
public interface IAgent
{
    /// <summary>The agent's name. Part of the learning key: another name starts learning anew.</summary>
    string Name { get; }

    /// <summary>What the agent is told about itself. The runtime puts it into every system message, once; the agent adds nothing.</summary>
    string SystemPrompt { get; }

    /// <summary>The tools that the agent may ask for in a step.</summary>
    /// <remarks>An <see cref="AIFunction"/> is called by the runtime. A tool that is only declared is sent back to the agent itself,
    /// as a call of the mode <see cref="AgentMode.Tool"/>.</remarks>
    ImmutableArray<AITool> Tools => [];

    /// <summary>Makes one call and gives the answer piece by piece, as it comes.</summary>
    /// <param name="call">What is asked.</param>
    /// <param name="cancellationToken">Ends the call early; also when the time for the step is over.</param>
    /// <returns>Text, thoughts (<see cref="TextReasoningContent"/>), calls of tools (<see cref="FunctionCallContent"/>) and, once,
    /// what the call cost (<see cref="UsageContent"/>). An agent that answers in JSON uses <see cref="AgentAnswer"/>.</returns>
    IAsyncEnumerable<ChatResponseUpdate> CallAsync(AgentCall call, CancellationToken cancellationToken);
}
