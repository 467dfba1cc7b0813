using Atlas.Configuration.Proxying;

namespace Atlas.Proxy.Sessions;

/// <summary>The memory, shared by all sessions, for what is recorded while the cluster and the database are away.</summary>
internal sealed class OutageMemory(ProxyOptions options)
{
    private long _taken;

    /// <summary>Reserves bytes if there is room for them.</summary>
    public bool TryTake(long bytes)
    {
        if (Interlocked.Add(ref _taken, bytes) <= options.OutageMemoryBytes)
        {
            return true;
        }

        Interlocked.Add(ref _taken, -bytes);
        return false;
    }

    public void GiveBack(long bytes) => Interlocked.Add(ref _taken, -bytes);
}
