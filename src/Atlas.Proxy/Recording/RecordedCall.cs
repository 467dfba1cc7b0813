using Atlas.Proxy.Routing;
using Atlas.Proxy.Sessions;

namespace Atlas.Proxy.Recording;

/// <summary>A call that has passed, with the copies of what was said.</summary>
internal sealed record RecordedCall
{
    public required ProxySession Session { get; init; }

    public required CallKind Kind { get; init; }

    public required string Upstream { get; init; }

    public required string Path { get; init; }

    /// <summary>The body as the client sent it: the playbook's own words are no cue.</summary>
    public required ReadOnlyMemory<byte> Body { get; init; }

    public required AnswerCopy Copy { get; init; }

    /// <summary>The upstream's status; 0 if there was no answer.</summary>
    public required int Status { get; init; }

    public required bool IsStream { get; init; }

    public TimeSpan? FirstByte { get; init; }

    public required TimeSpan Duration { get; init; }

    /// <summary>What cut the call short: <c>client_gone</c>, <c>upstream_cut</c>, <c>no_answer</c>; null if nothing did.</summary>
    public string? Failure { get; init; }
}
