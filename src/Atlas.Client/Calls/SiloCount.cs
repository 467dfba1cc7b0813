using Orleans.Messaging;

namespace Atlas.Client.Calls;

/// <summary>Knows whether the cluster has more than one silo, as of a few seconds ago.</summary>
internal sealed class SiloCount(IGatewayListProvider gateways, TimeSpan refresh, TimeProvider time)
{
    private long _looked;
    private int _looking;
    private volatile bool _several;

    /// <summary>Gets a value indicating whether there are several silos. Never waits; refreshes in the background if the answer is old.</summary>
    public bool IsSeveral
    {
        get
        {
            if ((_looked == 0 || time.GetElapsedTime(Volatile.Read(ref _looked)) > refresh) && Interlocked.Exchange(ref _looking, 1) == 0)
            {
                _ = Task.Run(LookAsync);
            }

            return _several;
        }
    }

    private async Task LookAsync()
    {
        try
        {
            _several = (await gateways.GetGateways().ConfigureAwait(false)).Count > 1;
        }
        catch (Exception)
        {
            // The database is unreachable; keep the last answer.
        }
        finally
        {
            Volatile.Write(ref _looked, time.GetTimestamp());
            Volatile.Write(ref _looking, 0);
        }
    }
}
