namespace Atlas.Identity.Handshakes;

/// <summary>Why the last connection was refused: Orleans itself only tells that none came about.</summary>
public sealed class HandshakeNews
{
    private readonly TaskCompletionSource _refused = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile string? _refusal;

    /// <summary>The sentence; null if the last handshake succeeded, or there was none.</summary>
    public string? Refusal => _refusal;

    /// <summary>Is over when a connection was refused for the first time.</summary>
    public Task Refused => _refused.Task;

    internal void Tell(string refusal)
    {
        _refusal = refusal;
        _refused.TrySetResult();
    }

    internal void Clear() => _refusal = null;
}
