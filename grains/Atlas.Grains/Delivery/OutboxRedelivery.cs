using Atlas.Contracts;
using Atlas.Grains.Background;
using Atlas.Grains.Telemetry;
using Atlas.Storage.Learning;
using Microsoft.Extensions.Logging;

namespace Atlas.Grains.Delivery;

/// <summary>Tells learning keys again of sessions that are stored but not counted, say because a silo died in between.</summary>
/// <remarks>Every silo does it; the keys see to it that a session counts once.</remarks>
internal sealed class OutboxRedelivery(
    LearningLedger ledger, KeyDelivery delivery, CompletionFaults faults, TimeProvider time, ILogger<OutboxRedelivery> log)
    : PeriodicSweep(TimeSpan.FromSeconds(5), time)
{
    /// <summary>What is younger is most likely being told right now.</summary>
    private static readonly TimeSpan OlderThan = TimeSpan.FromSeconds(10);

    private const int Batch = 200;

    protected override async Task SweepAsync(CancellationToken stopping)
    {
        var waiting = await ledger.PendingOutboxAsync(OlderThan, Batch, stopping);
        if (waiting.IsEmpty)
        {
            return;
        }

        var told = await Task.WhenAll(waiting.Select(TellAsync));
        if (told.Count(success => success) is > 0 and var count)
        {
            AtlasTelemetry.Redelivered.Add(count);
            log.Redelivered(count);
        }
    }

    protected override void Failed(Exception failure) => log.SweepFailed(failure, Pause);

    private async Task<bool> TellAsync(PendingDelivery waiting)
    {
        try
        {
            await delivery.DeliverAsync(waiting);
            return true;
        }
        catch (Exception failure)
        {
            log.LearningDelayed(failure, waiting.SessionId, waiting.LearningKey);
            await SetBackAsync(waiting, failure);
            return false;
        }
    }

    /// <summary>Lets what a key cannot count wait longer each time, so that the sessions behind it are told.</summary>
    private async Task SetBackAsync(PendingDelivery waiting, Exception failure)
    {
        if (CompletionFaults.IsFault(failure) || failure is AtlasRefusedException)
        {
            await faults.NoteAsync(waiting.SessionId, CompletionFaults.Counting, waiting.LearningKey, failure);
            await ledger.PostponeAsync(waiting.SessionId);
        }
    }
}
