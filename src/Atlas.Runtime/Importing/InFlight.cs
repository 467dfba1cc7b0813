using System.Collections.Concurrent;

namespace Atlas.Runtime.Importing;

/// <summary>Lets those who do the same thing at the same time do it one after another; what is not the same does not wait.</summary>
internal sealed class InFlight
{
    private readonly ConcurrentDictionary<string, Task> _running = new(StringComparer.Ordinal);

    /// <summary>Waits until nobody does what has this name, then does it.</summary>
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
