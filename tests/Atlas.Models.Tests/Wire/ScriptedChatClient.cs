using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Atlas.Models.Tests.Wire;

/// <summary>A model that says what the test wants, and remembers what it was asked.</summary>
internal sealed class ScriptedChatClient(Func<ScriptedChatClient.Call, CancellationToken, Task<ChatResponse>> answer) : IChatClient
{
    private readonly ConcurrentQueue<Call> _calls = new();

    public IReadOnlyList<Call> Calls => [.. _calls];

    /// <summary>Says the texts in the order of the calls, whichever call comes first.</summary>
    public static ScriptedChatClient Saying(params string[] texts)
    {
        var next = -1;
        return new((_, _) => Task.FromResult(Text(texts[Interlocked.Increment(ref next)])));
    }

    public static ScriptedChatClient Failing(string reason) => new((_, _) => throw new InvalidOperationException(reason));

    public static ChatResponse Text(string text, long input = 0, long output = 0) => new(new ChatMessage(ChatRole.Assistant, text))
    {
        Usage = new UsageDetails { InputTokenCount = input, OutputTokenCount = output },
    };

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var call = new Call([.. messages], options);
        _calls.Enqueue(call);
        return answer(call, cancellationToken);
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (var update in (await GetResponseAsync(messages, options, cancellationToken)).ToChatResponseUpdates())
        {
            yield return update;
        }
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }

    internal sealed record Call(IReadOnlyList<ChatMessage> Messages, ChatOptions? Options);
}
