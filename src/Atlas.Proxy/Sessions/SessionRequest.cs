using Atlas.Http.Access;
using Microsoft.Extensions.AI;

namespace Atlas.Proxy.Sessions;

/// <summary>What a call says about its session.</summary>
internal sealed record SessionRequest
{
    public required Caller Caller { get; init; }

    /// <summary>Gets the tenant and the name of the API key.</summary>
    public required string Owner { get; init; }

    /// <summary>Gets the stored learning key.</summary>
    public required string LearningKey { get; init; }

    /// <summary>Gets the clue; null for none.</summary>
    public SessionClue? Clue { get; init; }

    /// <summary>Gets its messages if the session can be recognized by them; otherwise null.</summary>
    public IReadOnlyList<ChatMessage>? Messages { get; init; }

    /// <summary>Gets the task, if a session has to be opened.</summary>
    public required Func<string> Task { get; init; }

    public required string Upstream { get; init; }

    /// <summary>Gets the name that the client gives itself.</summary>
    public required string Client { get; init; }
}
