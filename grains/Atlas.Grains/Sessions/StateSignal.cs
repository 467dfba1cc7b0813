namespace Atlas.Grains.Sessions;

/// <summary>Wakes callers that wait for a session to change.</summary>
internal sealed class StateSignal
{
    private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes with the next change.</summary>
    public Task Next => _next.Task;

    public void Changed()
    {
        var changed = _next;
        _next = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        changed.SetResult();
    }
}
