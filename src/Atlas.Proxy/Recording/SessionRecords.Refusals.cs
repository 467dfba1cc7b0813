using Atlas.Contracts;

namespace Atlas.Proxy.Recording;

/// <summary>What a refusal of the cluster means: that the session has ended, or only that one record cannot be stored.</summary>
internal sealed partial class SessionRecords
{
    /// <summary>Asks, after events were refused, whether the session accepts others.</summary>
    private async Task GoesOnAsync()
    {
        Speak();
        try
        {
            await _opening.DemandAsync().ConfigureAwait(false);
            await Grain.Renew().ConfigureAwait(false);
        }
        catch (AtlasRefusedException)
        {
            HasEnded = true;
            Drop();
            throw;
        }
    }

    /// <summary>Stores the usage after events, which a refusal of it must not drop.</summary>
    private async Task UsageWithEventsAsync()
    {
        try
        {
            await StoreUsageAsync(hasFailed: false).ConfigureAwait(false);
        }
        catch (AtlasRefusedException)
        {
            // The next events, or the end, show whether the session goes on.
        }
    }
}
