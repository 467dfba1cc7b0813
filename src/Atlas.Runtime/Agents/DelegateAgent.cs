using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Atlas.Runtime.Agents;

/// <summary>An agent that is a delegate in the application's own code.</summary>
/// <param name="name">The agent's name, part of the learning key.</param>
/// <param name="answer">Answers a call with text, or with the JSON forms that <see cref="AgentAnswer"/> reads.</param>
/// <param name="systemPrompt">The agent's system prompt; can be blank.</param>
/// <param name="tools">The tools of the agent.</param>
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
