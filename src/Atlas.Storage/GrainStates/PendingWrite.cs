namespace Atlas.Storage.GrainStates;

/// <summary>One grain's state on its way into a batch.</summary>
/// <param name="key">The grain's key.</param>
/// <param name="version">The version on which it is based; null for none.</param>
/// <param name="json">The state as JSON in UTF-8.</param>
internal sealed class PendingWrite(GrainStateKey key, int? version, ReadOnlyMemory<byte> json)
{
    private readonly TaskCompletionSource<int?> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public GrainStateKey Key { get; } = key;

    public int? Version { get; } = version;

    public ReadOnlyMemory<byte> Json { get; } = json;

    /// <summary>The new version; null if the write was based on another version than the stored one.</summary>
    public Task<int?> Completion => _completion.Task;

    public void Settle(int? stored) => _completion.TrySetResult(stored);

    public void Fail(Exception why) => _completion.TrySetException(why);
}
