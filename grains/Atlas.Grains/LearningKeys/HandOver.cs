using Atlas.Contracts.Playbooks;
using Atlas.Grains.Telemetry;
using Microsoft.Extensions.Logging;

namespace Atlas.Grains.LearningKeys;

/// <summary>Has another silo go on with what waits at a key that leaves this one.</summary>
internal static class HandOver
{
    /// <summary>Wakes the key: the call finds no activation here any more, so it makes one elsewhere. Nobody waits for it.</summary>
    public static void Wake(IGrainFactory grains, string learningKey, int waiting, ILogger log)
    {
        log.HandsOver(learningKey, waiting);
        grains.GetGrain<ILearningKeyGrain>(learningKey).Baseline().AsTask().ContinueWith(
            failed => log.NotHandedOver(failed.Exception!, learningKey),
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
    }
}
