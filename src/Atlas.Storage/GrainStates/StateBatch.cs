namespace Atlas.Storage.GrainStates;

/// <summary>What goes into one statement: each key once, within bounds of rows and bytes. One write that no longer fits is
/// kept for the next batch.</summary>
internal sealed class StateBatch(GrainStateStoreOptions options)
{
    private readonly Dictionary<GrainStateKey, PendingWrite> writes = [];
    private PendingWrite? leftOver;
    private long bytes;

    public int Count => writes.Count;

    public bool HasLeftOver => leftOver is not null;

    public bool HasRoom => leftOver is null && writes.Count < options.MaxRowsPerBatch && bytes < options.MaxBytesPerBatch;

    public void Add(PendingWrite write)
    {
        // A statement cannot write a row twice.
        var fits = writes.Count == 0 || bytes + write.Json.Length <= options.MaxBytesPerBatch;
        if (!fits || !writes.TryAdd(write.Key, write))
        {
            leftOver = write;
            return;
        }

        bytes += write.Json.Length;
    }

    public void TakeLeftOver()
    {
        if (leftOver is { } write)
        {
            leftOver = null;
            Add(write);
        }
    }

    /// <summary>The writes, sorted by key.</summary>
    public ArraySegment<PendingWrite> Sorted()
    {
        var sorted = writes.Values.ToArray();
        Array.Sort(sorted, static (one, other) => one.Key.CompareTo(other.Key));
        return sorted;
    }

    public void Clear()
    {
        writes.Clear();
        bytes = 0;
    }
}
