using Microsoft.Extensions.AI;

namespace Atlas.Client.AgentFramework;

/// <summary>Stands where a chat client would: here the agent calls its model itself.</summary>
internal sealed class NoChat : IChatClient
{
    public static NoChat Instance { get; } = new();

    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) => throw Wrong();

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) => throw Wrong();

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }

    private static InvalidOperationException Wrong() => new("This session belongs to an agent; ask the agent.");
}
