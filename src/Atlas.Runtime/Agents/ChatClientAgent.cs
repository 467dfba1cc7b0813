using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace Atlas.Runtime.Agents;

/// <summary>An agent that is a language model with tools.</summary>
/// <remarks>The chat client must not call tools: leave out <c>UseFunctionInvocation</c>. The runtime calls them, so that every tool call is
/// recorded, limited in time and counted.</remarks>
public sealed class ChatClientAgent : IAgent
{
    private readonly IChatClient _chat;
    private readonly bool _stream;
    private readonly ChatResponseFormat? _responseFormat;
    private readonly Func<JsonObject, string?>? _digest;

    /// <summary>Initializes an agent over a chat client, which the caller disposes of.</summary>
    /// <param name="chat">The model.</param>
    /// <param name="name">The agent's name, part of the learning key.</param>
    /// <param name="systemPrompt">The agent's system prompt; can be blank.</param>
    /// <param name="tools">The tools of the agent.</param>
    /// <param name="stream">Whether answers are streamed.</param>
    /// <param name="responseFormat">The form of every answer to a step; null leaves it to the model.</param>
    public ChatClientAgent(
        IChatClient chat,
        string name,
        string systemPrompt = "",
        IEnumerable<AITool>? tools = null,
        bool stream = true,
        ChatResponseFormat? responseFormat = null)
    {
        ArgumentNullException.ThrowIfNull(chat);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        _chat = chat;
        _stream = stream;
        _responseFormat = responseFormat;
        Name = name;
        SystemPrompt = systemPrompt;
        Tools = [.. tools ?? []];
    }

    /// <summary>Initializes an agent that adds a digest of the session's metadata to every conversation.</summary>
    internal ChatClientAgent(
        IChatClient chat, string name, string systemPrompt, IEnumerable<AITool> tools, ChatResponseFormat? responseFormat, Func<JsonObject, string?> digest)
        : this(chat, name, systemPrompt, tools, stream: true, responseFormat) => _digest = digest;

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public string SystemPrompt { get; }

    /// <inheritdoc/>
    public ImmutableArray<AITool> Tools { get; }

    /// <summary>Gets the name of the model; null if the client does not tell.</summary>
    internal string? Model => (_chat.GetService(typeof(ChatClientMetadata)) as ChatClientMetadata)?.DefaultModelId;

    /// <inheritdoc/>
    public async IAsyncEnumerable<ChatResponseUpdate> CallAsync(AgentCall call, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(call);
        if (call.Payload.Tool is { } tool)
        {
            throw new InvalidOperationException(
                $"The tool '{tool.Name}' of the agent '{Name}' is declared but has no implementation. Pass it as an AIFunction.");
        }

        var options = OptionsOf(call);
        var messages = MessagesOf(call);
        if (_stream)
        {
            await foreach (var update in _chat.GetStreamingResponseAsync(messages, options, cancellationToken).ConfigureAwait(false))
            {
                yield return update;
            }

            yield break;
        }

        var response = await _chat.GetResponseAsync(messages, options, cancellationToken).ConfigureAwait(false);
        foreach (var update in response.ToChatResponseUpdates())
        {
            yield return update;
        }
    }

    // After the system's own words and before the task, because background information must not come last.
    private IEnumerable<ChatMessage> MessagesOf(AgentCall call)
    {
        if (_digest?.Invoke(call.Metadata) is not { } digest)
        {
            return call.Messages;
        }

        var system = call.Messages.TakeWhile(message => message.Role == ChatRole.System).Count();
        return call.Messages.Insert(system, new ChatMessage(ChatRole.System, digest));
    }

    private ChatOptions OptionsOf(AgentCall call) => new()
    {
        ModelId = call.Model,
        Tools = call.Tools.IsDefaultOrEmpty ? null : [.. call.Tools],
        ToolMode = call.Tools.IsDefaultOrEmpty ? null : call.ToolMode,
        ResponseFormat = call.ResponseFormat ?? (call.Payload.Mode == AgentMode.Execution ? _responseFormat : null),
        MaxOutputTokens = call.MaxOutputTokens,
    };
}
