using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Atlas.Client.Tests.Harness;

/// <summary>A model that says what it was told to say, one answer after the other, and remembers what it was sent.</summary>
internal sealed class ScriptedChatClient(params IReadOnlyList<ChatResponse> answers) : IChatClient
{
    public List<(IReadOnlyList<ChatMessage> Messages, ChatOptions? Options)> Requests { get; } = [];

    /// <summary>When set, a stream breaks off with it after its first update.</summary>
    public Exception? BreaksOff { get; set; }

    public static ChatResponse Text(string text, long? tokens = null) => new(new ChatMessage(ChatRole.Assistant, text))
    {
        Usage = tokens is null ? null : new UsageDetails { InputTokenCount = tokens - 1, OutputTokenCount = 1, TotalTokenCount = tokens },
    };

    public static ChatResponse Calls(string tool, string callId, string text = "") => new(new ChatMessage(
        ChatRole.Assistant, [new TextContent(text), new FunctionCallContent(callId, tool, new Dictionary<string, object?> { ["id"] = "1042" })]));

    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        Task.FromResult(Next(messages, options));

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var answer = Next(messages, options);
        if (answer.Messages.Any(message => message.Contents.OfType<FunctionCallContent>().Any()))
        {
            foreach (var update in answer.ToChatResponseUpdates())
            {
                yield return update;
            }

            yield break;
        }

        foreach (var word in answer.Text.Split(' '))
        {
            await Task.Yield();
            yield return new ChatResponseUpdate(ChatRole.Assistant, word + " ");
            if (BreaksOff is { } failure)
            {
                throw failure;
            }
        }
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose()
    {
    }

    private ChatResponse Next(IEnumerable<ChatMessage> messages, ChatOptions? options)
    {
        Requests.Add(([.. messages], options));
        return answers.Count == 0 ? Text("Done.") : answers[Math.Min(Requests.Count, answers.Count) - 1];
    }
}
