namespace Atlas.Storage.Events;

/// <summary>One caller's events on their way into a batch.</summary>
internal sealed class PendingAppend(long sessionId, int firstSequence, string[] events)
{
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public long SessionId { get; } = sessionId;

    public int FirstSequence { get; } = firstSequence;

    public string[] Events { get; } = events;

    public int Characters { get; } = events.Sum(json => json.Length);

    public Task Completion => _completion.Task;

    public void Succeed() => _completion.TrySetResult();

    public void Fail(Exception why) => _completion.TrySetException(why);
}
