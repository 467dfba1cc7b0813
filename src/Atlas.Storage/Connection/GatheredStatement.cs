using Npgsql;

namespace Atlas.Storage.Connection;

/// <summary>Runs the same statement for many callers at once. While one batch is being executed, arriving calls gather for the next one: a
/// single caller has no delay, and many callers share their round trips and commits.</summary>
/// <typeparam name="TItem">A call's parameters.</typeparam>
/// <typeparam name="TResult">A call's result.</typeparam>
/// <param name="run">Executes a batch in one transaction and returns the results in the order of the items.</param>
/// <param name="characters">The length of an item's texts, for items that can be long.</param>
internal sealed class GatheredStatement<TItem, TResult>(Func<IReadOnlyList<TItem>, Task<IReadOnlyList<TResult>>> run, Func<TItem, long>? characters = null)
{
    private const int AtOnce = 2;
    private const int Most = 128;
    private const long MostCharacters = 8 << 20;

    private readonly Lock _lock = new();
    private readonly Queue<(TItem Item, TaskCompletionSource<TResult> Result)> _waiting = new();
    private int _running;

    /// <summary>Runs the statement for one item. If the statement is refused, only the item that caused it fails.</summary>
    /// <param name="item">The parameters.</param>
    /// <param name="cancellationToken">Cancels the wait; the statement can still be executed.</param>
    public Task<TResult> RunAsync(TItem item, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var result = new TaskCompletionSource<TResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        bool starts;
        lock (_lock)
        {
            _waiting.Enqueue((item, result));
            starts = _running < AtOnce;
            _running += starts ? 1 : 0;
        }

        if (starts)
        {
            // The pump serves later callers too, so it does not belong to the trace of this one.
            using (ExecutionContext.SuppressFlow())
            {
                _ = Task.Run(PumpAsync, CancellationToken.None);
            }
        }

        return result.Task.WaitAsync(cancellationToken);
    }

    private async Task PumpAsync()
    {
        while (Next() is { Length: > 0 } batch)
        {
            await SettleAsync(batch).ConfigureAwait(false);
        }
    }

    private (TItem Item, TaskCompletionSource<TResult> Result)[] Next()
    {
        lock (_lock)
        {
            var batch = new List<(TItem, TaskCompletionSource<TResult>)>();
            var length = 0L;
            while (batch.Count < Most && length < MostCharacters && _waiting.TryDequeue(out var call))
            {
                batch.Add(call);
                length += characters?.Invoke(call.Item) ?? 0;
            }

            _running -= batch.Count == 0 ? 1 : 0;
            return [.. batch];
        }
    }

    private async Task SettleAsync((TItem Item, TaskCompletionSource<TResult> Result)[] batch)
    {
        try
        {
            var results = await run([.. batch.Select(call => call.Item)]).ConfigureAwait(false);
            for (var index = 0; index < batch.Length; index++)
            {
                batch[index].Result.TrySetResult(results[index]);
            }
        }
        catch (Exception refused) when (batch.Length > 1 && refused.IsAboutContent())
        {
            // Nothing of the batch is stored.
            foreach (var call in batch)
            {
                await SettleAsync([call]).ConfigureAwait(false);
            }
        }
        catch (Exception failure)
        {
            foreach (var call in batch)
            {
                call.Result.TrySetException(failure);
            }
        }
    }
}
