using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Atlas.Benchmarks.Sessions;

/// <summary>A model that answers immediately, depending on the request.</summary>
internal sealed class InstantChat(Func<IReadOnlyList<ChatMessage>, string> answer) : IChatClient
{
    private const string Plan =
        """{"steps":[{"id":1,"description":"Look the order up"},{"id":2,"description":"Look the customer up"},{"id":3,"description":"Refund it","depends_on":[1,2]}]}""";

    /// <summary>Gets a student that plans three steps, two of them in parallel, and carries them out.</summary>
    public static InstantChat Student { get; } = new(messages => messages[^1].Text is var asked && asked.StartsWith("Task: ", StringComparison.Ordinal) ? Plan
        : asked.StartsWith("Original Task:", StringComparison.Ordinal) ? "Order 1042 is refunded."
        : """{"status":"ok","result":{"deliverable":"Done as the step says.","artifacts":null}}""");

    /// <summary>Gets a teacher that approves everything.</summary>
    public static InstantChat Teacher { get; } = new(messages => messages[^1].Text is var asked && asked.Contains("\"structured_output\"", StringComparison.Ordinal)
        ? """{"valid":true,"guidance":null}"""
        : asked.Contains("\"plan\"", StringComparison.Ordinal) ? Plan : """{"guidance":"Look twice before you act."}""");

    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, answer([.. messages])))
        {
            Usage = new UsageDetails { InputTokenCount = 100, OutputTokenCount = 20, TotalTokenCount = 120 },
        });

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
}
