using System.Collections.Concurrent;

namespace Atlas.Runtime.Importing;

/// <summary>Serializes work of the same name; work of different names runs concurrently.</summary>
internal sealed class InFlight
{
    private readonly ConcurrentDictionary<string, Task> _running = new(StringComparer.Ordinal);

    /// <summary>Waits until no work of this name is running, then runs it.</summary>
    public async Task<T> RunAsync<T>(string name, Func<Task<T>> work, CancellationToken cancellation)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        while (_running.GetOrAdd(name, ended.Task) is var running && running != ended.Task)
        {
            await running.WaitAsync(cancellation).ConfigureAwait(false);
        }

        try
        {
            return await work().ConfigureAwait(false);
        }
        finally
        {
            _running.TryRemove(name, out _);
            ended.SetResult();
        }
    }
}
