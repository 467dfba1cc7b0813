namespace Atlas.Grains.Tests.Cluster;

/// <summary>The system's clock, some way ahead. Timers run as ever, so that a silo lives on under it.</summary>
internal sealed class MovableClock : TimeProvider
{
    private long _ahead;

    public void Advance(TimeSpan by) => Interlocked.Add(ref _ahead, by.Ticks);

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow().AddTicks(Interlocked.Read(ref _ahead));
}
