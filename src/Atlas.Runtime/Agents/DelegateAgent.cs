using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Atlas.Runtime.Agents;

/// <summary>An agent that is a delegate: an application's own code.</summary>
/// <param name="name">The agent's name, part of the learning key.</param>
/// <param name="answer">Answers a call. Text, or the JSON forms that <see cref="AgentAnswer"/> reads.</param>
/// <param name="systemPrompt">What the agent is told about itself; may be blank.</param>
/// <param name="tools">Its tools.</param>
public sealed class DelegateAgent(
    string name,
    Func<AgentCall, CancellationToken, Task<string>> answer,
    string systemPrompt = "",
    IEnumerable<AITool>? tools = null) : IAgent
{
    /// <inheritdoc/>
    public string Name { get; } = name;

    /// <inheritdoc/>
    public string SystemPrompt { get; } = systemPrompt;

    /// <inheritdoc/>
    public ImmutableArray<AITool> Tools { get; } = [.. tools ?? []];

    /// <inheritdoc/>
    public async IAsyncEnumerable<ChatResponseUpdate> CallAsync(AgentCall call, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return AgentAnswer.Read(await answer(call, cancellationToken).ConfigureAwait(false));
    }
}
