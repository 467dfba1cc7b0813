namespace Atlas.Identity.Handshakes;

/// <summary>The reason why the last connection was refused: Orleans itself only reports that there is no connection.</summary>
public sealed class HandshakeNews
{
    private readonly TaskCompletionSource _refused = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile string? _refusal;

    /// <summary>The reason, as a sentence; null if the last handshake succeeded, or there was none.</summary>
    public string? Refusal => _refusal;

    /// <summary>Completes when a connection is refused for the first time.</summary>
    public Task Refused => _refused.Task;

    internal void Tell(string refusal)
    {
        _refusal = refusal;
        _refused.TrySetResult();
    }

    internal void Clear() => _refusal = null;
}
