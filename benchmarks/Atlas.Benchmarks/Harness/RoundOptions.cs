namespace Atlas.Benchmarks.Harness;

/// <summary>How long and how often contestants run.</summary>
internal sealed record RoundOptions
{
    /// <summary>Gets the number of rounds that count.</summary>
    public int Rounds { get; init; } = 300;

    /// <summary>Gets the target duration of a sample, which determines the number of operations in it. Short, so that the contestants of a
    /// round meet the same conditions.</summary>
    public TimeSpan Sample { get; init; } = TimeSpan.FromMilliseconds(5);

    /// <summary>Gets how long each contestant runs before the first sample: until its code is fully compiled and caches are warm.</summary>
    public TimeSpan WarmUp { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Gets the share of rounds that are run for longer samples (throughputs, steady loads).</summary>
    public double LongShare { get; init; } = 1;

    /// <summary>Gets options that reveal an important change within minutes, with wider intervals.</summary>
    public static RoundOptions Quick { get; } = new() { Rounds = 60, LongShare = 0.4 };
}
