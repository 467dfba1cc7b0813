using System.Runtime.CompilerServices;

namespace Atlas.Runtime.Students;

/// <summary>Waits for foreign code in such a way that cancellation ends the wait, even if that code ignores it.</summary>
internal static class Interruptible
{
    /// <summary>Enumerates a sequence.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled. A source that ignores it is abandoned, and disposed of when it
    /// continues.</exception>
    public static async IAsyncEnumerable<T> EnumerateAsync<T>(IAsyncEnumerable<T> source, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var items = source.GetAsyncEnumerator(cancellationToken);
        var next = Task.FromResult(false);
        try
        {
            while (true)
            {
                next = items.MoveNextAsync().AsTask();
                if (!await next.WaitAsync(cancellationToken).ConfigureAwait(false))
                {
                    break;
                }

                yield return items.Current;
            }
        }
        finally
        {
            if (next.IsCompleted)
            {
                await items.DisposeAsync().ConfigureAwait(false);
            }
            else
            {
                _ = LeaveAsync(next, items);
            }
        }
    }

    private static async Task LeaveAsync<T>(Task<bool> next, IAsyncEnumerator<T> items)
    {
        await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await items.DisposeAsync().AsTask().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
