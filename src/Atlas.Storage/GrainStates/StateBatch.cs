namespace Atlas.Storage.GrainStates;

/// <summary>The writes of one statement: each key once, within limits of rows and bytes. A write that no longer fits is kept for the next
/// batch.</summary>
internal sealed class StateBatch(GrainStateStoreOptions options)
{
    private readonly Dictionary<GrainStateKey, PendingWrite> _writes = [];
    private PendingWrite? _leftOver;
    private long _bytes;

    public int Count => _writes.Count;

    public bool HasLeftOver => _leftOver is not null;

    public bool HasRoom => _leftOver is null && _writes.Count < options.MaxRowsPerBatch && _bytes < options.MaxBytesPerBatch;

    public void Add(PendingWrite write)
    {
        // A statement cannot write a row twice.
        var fits = _writes.Count == 0 || _bytes + write.Json.Length <= options.MaxBytesPerBatch;
        if (!fits || !_writes.TryAdd(write.Key, write))
        {
            _leftOver = write;
            return;
        }

        _bytes += write.Json.Length;
    }

    public void TakeLeftOver()
    {
        if (_leftOver is { } write)
        {
            _leftOver = null;
            Add(write);
        }
    }

    /// <summary>The writes, sorted by key.</summary>
    public ArraySegment<PendingWrite> Sorted()
    {
        var sorted = _writes.Values.ToArray();
        Array.Sort(sorted, static (one, other) => one.Key.CompareTo(other.Key));
        return sorted;
    }

    public void Clear()
    {
        _writes.Clear();
        _bytes = 0;
    }
}
