using Microsoft.Extensions.AI;

namespace Atlas.Client.AgentFramework;

/// <summary>Takes the place of a chat client, because the agent calls its model directly.</summary>
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

    private static InvalidOperationException Wrong() => new("This session belongs to an agent. Send messages through the agent instead.");
}
