using Atlas.Http.Access;
using Microsoft.Extensions.AI;

namespace Atlas.Proxy.Sessions;

/// <summary>What a call says of the session that it belongs to.</summary>
internal sealed record SessionRequest
{
    public required Caller Caller { get; init; }

    /// <summary>Tenant and name of the API key.</summary>
    public required string Owner { get; init; }

    /// <summary>The stored learning key.</summary>
    public required string LearningKey { get; init; }

    /// <summary>What it names; null for nothing.</summary>
    public SessionClue? Clue { get; init; }

    /// <summary>Its messages, where it may be known by them; else null.</summary>
    public IReadOnlyList<ChatMessage>? Messages { get; init; }

    /// <summary>The task, if a session has to be opened.</summary>
    public required Func<string> Task { get; init; }

    public required string Upstream { get; init; }

    /// <summary>The client, as it calls itself.</summary>
    public required string Client { get; init; }
}
