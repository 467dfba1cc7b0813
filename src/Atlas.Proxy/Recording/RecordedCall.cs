using Atlas.Learning.Options;
using Atlas.Proxy.Routing;
using Atlas.Proxy.Sessions;

namespace Atlas.Proxy.Recording;

/// <summary>A completed call, with copies of the request and the answer.</summary>
internal sealed record RecordedCall
{
    public required ProxySession Session { get; init; }

    public required CallKind Kind { get; init; }

    public required string Upstream { get; init; }

    public required string Path { get; init; }

    /// <summary>Gets the model that was asked; null if the body names none.</summary>
    public string? Model { get; init; }

    /// <summary>Gets the price of its tokens; null if the configuration names none.</summary>
    public TokenPrice? Price { get; init; }

    /// <summary>Gets the body as the client sent it, without the playbook, whose own words must not count as cues.</summary>
    public required ReadOnlyMemory<byte> Body { get; init; }

    public required AnswerCopy Copy { get; init; }

    /// <summary>Gets the upstream's status; 0 if there was no answer.</summary>
    public required int Status { get; init; }

    public required bool IsStream { get; init; }

    public TimeSpan? FirstByte { get; init; }

    public required TimeSpan Duration { get; init; }

    /// <summary>Gets what cut the call short: <c>client_gone</c>, <c>upstream_cut</c>, <c>no_answer</c>; null if nothing did.</summary>
    public string? Failure { get; init; }

    /// <summary>Returns the call as its copy shows it, once that has been read: an answer that came to its end was not cut short, even if
    /// the client left with the last event that it needed.</summary>
    public RecordedCall OnceRead() => Failure is "client_gone" or "upstream_cut" && Status is >= 200 and < 300 && Copy is { IsCut: false, Answer.IsWhole: true }
        ? this with { Failure = null }
        : this;
}
