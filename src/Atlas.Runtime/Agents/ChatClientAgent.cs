using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace Atlas.Runtime.Agents;

/// <summary>An agent that is a language model with tools.</summary>
/// <remarks>The chat client must not call tools by itself: leave out <c>UseFunctionInvocation</c>, the runtime does that work, so
/// that every call of a tool is recorded, limited in time and counted.</remarks>
public sealed class ChatClientAgent : IAgent
{
    private readonly IChatClient _chat;
    private readonly bool _stream;
    private readonly ChatResponseFormat? _responseFormat;
    private readonly Func<JsonObject, string?>? _digest;

    /// <summary>An agent over a chat client, which stays the caller's.</summary>
    /// <param name="chat">The model.</param>
    /// <param name="name">The agent's name, part of the learning key.</param>
    /// <param name="systemPrompt">What the agent is told about itself; may be blank.</param>
    /// <param name="tools">Its tools.</param>
    /// <param name="stream">Whether answers are asked for piece by piece.</param>
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

    /// <summary>The same, with a digest of the session's metadata in every conversation.</summary>
    internal ChatClientAgent(
        IChatClient chat, string name, string systemPrompt, IEnumerable<AITool> tools, ChatResponseFormat? responseFormat, Func<JsonObject, string?> digest)
        : this(chat, name, systemPrompt, tools, stream: true, responseFormat) => _digest = digest;

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public string SystemPrompt { get; }

    /// <inheritdoc/>
    public ImmutableArray<AITool> Tools { get; }

    /// <summary>Name of the model, as far as the client tells; null otherwise.</summary>
    internal string? Model => (_chat.GetService(typeof(ChatClientMetadata)) as ChatClientMetadata)?.DefaultModelId;

    /// <inheritdoc/>
    public async IAsyncEnumerable<ChatResponseUpdate> CallAsync(AgentCall call, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(call);
        if (call.Payload.Tool is { } tool)
        {
            throw new InvalidOperationException(
                $"The tool '{tool.Name}' of the agent '{Name}' is only declared, and a model cannot execute it. Give it as an AIFunction.");
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

    // After the system's own words and before the task: what is information must not come last.
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
