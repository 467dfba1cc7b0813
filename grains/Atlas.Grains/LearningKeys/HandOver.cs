using Atlas.Contracts.Playbooks;
using Atlas.Grains.Telemetry;
using Microsoft.Extensions.Logging;

namespace Atlas.Grains.LearningKeys;

/// <summary>Lets another silo continue the pending work of a key that leaves this one.</summary>
internal static class HandOver
{
    /// <summary>Activates the key elsewhere: the call no longer finds an activation here. Nobody waits for it.</summary>
    public static void Wake(IGrainFactory grains, string learningKey, long waiting, ILogger log)
    {
        log.HandsOver(learningKey, waiting);
        grains.GetGrain<ILearningKeyGrain>(learningKey).Baseline().AsTask().ContinueWith(
            failed => log.NotHandedOver(failed.Exception!, learningKey),
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
    }
}
