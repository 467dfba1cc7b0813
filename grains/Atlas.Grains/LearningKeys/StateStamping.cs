using Atlas.Grains.Telemetry;

namespace Atlas.Grains.LearningKeys;

/// <summary>Keeps the newest session's copy of what a key has learned up to date, a little later and not with every write.</summary>
internal sealed class StateStamping(
    string learningKey, LearningServices services, Func<Func<CancellationToken, Task>, GrainTimerCreationOptions, IGrainTimer> setTimer)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private IGrainTimer? _timer;

    /// <summary>Something was written. What follows within the next seconds is stamped with it.</summary>
    public void Changed() => _timer ??= setTimer(
        _ => FlushAsync(), new GrainTimerCreationOptions(Pause, Timeout.InfiniteTimeSpan) { Interleave = true });

    /// <summary>Stamps now what has not been stamped yet.</summary>
    public async Task FlushAsync()
    {
        if (_timer is not { } timer)
        {
            return;
        }

        _timer = null;
        timer.Dispose();
        try
        {
            // A key that leaves a silo does not wait for a database that is away.
            using var patience = new CancellationTokenSource(Pause, services.Time);
            await services.Stamp.ApplyAsync(learningKey, patience.Token);
        }
        catch (Exception failure)
        {
            services.Log.NotStamped(failure, learningKey);
        }
    }
}
