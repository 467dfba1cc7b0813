using System.Collections.Concurrent;

namespace Atlas.Testing.Wire;

/// <summary>A clock that only moves when it is told to. Waits shorter than a bound are over at once and are remembered, so
/// that pauses between tries take no time; longer ones, the time limits, wait for <see cref="Advance"/>.</summary>
public sealed class TestClock(TimeSpan shorterThan) : TimeProvider
{
    private readonly TimeSpan _shorterThan = shorterThan;
    private readonly Lock _lock = new();
    private readonly List<Timer> _timers = [];
    private readonly ConcurrentQueue<TimeSpan> _waits = new();
    private DateTimeOffset _now = new(2026, 3, 4, 9, 15, 0, TimeSpan.Zero);

    /// <summary>The short waits, in the order they were asked for.</summary>
    public IReadOnlyList<TimeSpan> Waits => [.. _waits];

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
        {
            return _now;
        }
    }

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override long GetTimestamp() => GetUtcNow().Ticks;

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves the clock and fires what is due.</summary>
    public void Advance(TimeSpan by)
    {
        Timer[] due;
        lock (_lock)
        {
            _now += by;
            due = [.. _timers.Where(timer => timer.Due <= _now)];
            _timers.RemoveAll(due.Contains);
        }

        foreach (var timer in due)
        {
            timer.Fire();
        }
    }

    private sealed class Timer(TestClock clock, Action fire) : ITimer
    {
        public DateTimeOffset Due { get; private set; }

        public void Fire() => fire();

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._lock)
            {
                clock._timers.Remove(this);
                if (dueTime == Timeout.InfiniteTimeSpan)
                {
                    return true;
                }

                if (dueTime >= clock._shorterThan)
                {
                    Due = clock._now + dueTime;
                    clock._timers.Add(this);
                    return true;
                }

                clock._waits.Enqueue(dueTime);
                clock._now += dueTime;
            }

            ThreadPool.QueueUserWorkItem(_ => fire());
            return true;
        }

        public void Dispose()
        {
            lock (clock._lock)
            {
                clock._timers.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
