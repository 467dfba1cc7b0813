using Atlas.Contracts;
using Atlas.Grains.Background;
using Atlas.Grains.Telemetry;
using Atlas.Storage.Learning;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Atlas.Grains.Delivery;

/// <summary>Tells learning keys again about sessions that are stored but not counted, for example because a silo died in between.</summary>
/// <remarks>Every silo runs it; the keys make sure that a session counts once.</remarks>
internal sealed class OutboxRedelivery(
    LearningLedger ledger, KeyDelivery delivery, CompletionFaults faults, TimeProvider time, ILogger<OutboxRedelivery> log)
    : PeriodicSweep(TimeSpan.FromSeconds(5), time)
{
    /// <summary>Newer deliveries are most likely still being made.</summary>
    private static readonly TimeSpan OlderThan = TimeSpan.FromSeconds(10);

    /// <summary>The longest delay while a key is unavailable: it can be back at any time.</summary>
    private static readonly TimeSpan Unavailable = TimeSpan.FromMinutes(1);

    /// <summary>The longest delay after a fault that occurs again until somebody mends it.</summary>
    private static readonly TimeSpan Faulty = TimeSpan.FromHours(1);

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

    /// <summary>Delays a delivery that failed, longer each time, so that the sessions after it are delivered.</summary>
    private async Task SetBackAsync(PendingDelivery waiting, Exception failure)
    {
        var isFault = CompletionFaults.IsFault(failure) || failure is AtlasRefusedException;
        if (isFault)
        {
            await faults.NoteAsync(waiting.SessionId, CompletionFaults.Counting, waiting.LearningKey, failure);
        }

        try
        {
            await ledger.PostponeAsync(waiting.SessionId, isFault ? Faulty : Unavailable);
        }
        catch (NpgsqlException away)
        {
            log.SweepFailed(away, Pause);
        }
    }
}
