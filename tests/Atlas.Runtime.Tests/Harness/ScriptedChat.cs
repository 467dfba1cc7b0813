using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Atlas.Runtime.Tests.Harness;

/// <summary>A model that answers as the test wants, and remembers what it was asked.</summary>
internal sealed class ScriptedChat(Func<ScriptedCall, CancellationToken, Task<ChatResponse>> answer) : IChatClient
{
    private readonly ConcurrentQueue<ScriptedCall> _calls = new();

    public ScriptedChat(Func<ScriptedCall, ChatResponse> answer)
        : this((call, _) => Task.FromResult(answer(call)))
    {
    }

    public ScriptedChat(Func<ScriptedCall, string> answer)
        : this(call => Say(answer(call)))
    {
    }

    public IReadOnlyList<ScriptedCall> Calls => [.. _calls];

    /// <summary>An answer that cost 10 tokens there and 5 back.</summary>
    public static ChatResponse Say(string text, bool usage = true) => new(new ChatMessage(ChatRole.Assistant, text))
    {
        Usage = usage ? new UsageDetails { InputTokenCount = 10, OutputTokenCount = 5, TotalTokenCount = 15 } : null,
    };

    public static ChatResponse Ask(string tool, object? arguments = null, string id = "call_1") => new(new ChatMessage(
        ChatRole.Assistant,
        [new FunctionCallContent(id, tool, arguments?.GetType().GetProperties().ToDictionary(item => item.Name, item => item.GetValue(arguments)) ?? [])]))
    {
        Usage = new UsageDetails { InputTokenCount = 10, OutputTokenCount = 5, TotalTokenCount = 15 },
    };

    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var call = new ScriptedCall([.. messages], options, _calls.Count + 1);
        _calls.Enqueue(call);
        return answer(call, cancellationToken);
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var response = await GetResponseAsync(messages, options, cancellationToken);
        foreach (var content in response.Messages.SelectMany(message => message.Contents))
        {
            if (content is TextContent text)
            {
                foreach (var piece in Halves(text.Text))
                {
                    yield return new ChatResponseUpdate(ChatRole.Assistant, piece);
                }
            }
            else
            {
                yield return new ChatResponseUpdate(ChatRole.Assistant, [content]);
            }
        }

        if (response.FinishReason is { } finish)
        {
            yield return new ChatResponseUpdate { Role = ChatRole.Assistant, FinishReason = finish };
        }

        if (response.Usage is { } usage)
        {
            yield return new ChatResponseUpdate(ChatRole.Assistant, [new UsageContent(usage)]);
        }
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceType == typeof(ChatClientMetadata) ? new ChatClientMetadata("scripted", null, "scripted-model") : null;

    public void Dispose()
    {
    }

    private static string[] Halves(string text) => text.Length < 2 ? [text] : [text[..(text.Length / 2)], text[(text.Length / 2)..]];
}
