using Atlas.Grains.Telemetry;

namespace Atlas.Grains.LearningKeys;

/// <summary>Keeps the newest session's copy of what a key has learned up to date, with a short delay instead of with every write.</summary>
internal sealed class StateStamping(
    string learningKey, LearningServices services, Func<Func<CancellationToken, Task>, GrainTimerCreationOptions, IGrainTimer> setTimer)
{
    // A burst of sessions shares one stamp, and a busy key writes one only now and then, because each writes a copy of the whole playbook.
    private static readonly TimeSpan Gathering = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private IGrainTimer? _timer;
    private long? _stamped;

    /// <summary>Reports a write. Everything until the next stamp is stamped together.</summary>
    public void Changed() => _timer ??= setTimer(
        _ => FlushAsync(), new GrainTimerCreationOptions(Due(), Timeout.InfiniteTimeSpan) { Interleave = true });

    /// <summary>Writes the outstanding stamp now.</summary>
    public async Task FlushAsync()
    {
        if (_timer is not { } timer)
        {
            return;
        }

        _timer = null;
        timer.Dispose();
        _stamped = services.Time.GetTimestamp();
        try
        {
            // A key that leaves a silo does not wait for an unavailable database.
            using var patience = new CancellationTokenSource(Patience, services.Time);
            await services.Stamp.ApplyAsync(learningKey, patience.Token);
        }
        catch (Exception failure)
        {
            services.Log.NotStamped(failure, learningKey);
        }
    }

    private TimeSpan Due() =>
        _stamped is { } last && Pause - services.Time.GetElapsedTime(last) is var left && left > Gathering ? left : Gathering;
}
