using System.Runtime.CompilerServices;

namespace Atlas.Runtime.Students;

/// <summary>Waits for others' code so that cancelling ends the wait, whether that code listens or not.</summary>
internal static class Interruptible
{
    /// <summary>The items of a sequence.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled. A source that does not listen is left behind, and disposed of when it moves.</exception>
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
