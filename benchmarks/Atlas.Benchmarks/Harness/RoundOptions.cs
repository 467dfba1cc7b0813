namespace Atlas.Benchmarks.Harness;

/// <summary>How long and how often contestants run.</summary>
internal sealed record RoundOptions
{
    /// <summary>Rounds that count.</summary>
    public int Rounds { get; init; } = 300;

    /// <summary>How long one sample is to take; the number of operations in it follows. Short, so that
    /// the contestants of a round meet the same machine.</summary>
    public TimeSpan Sample { get; init; } = TimeSpan.FromMilliseconds(5);

    /// <summary>How long each contestant runs before the first sample: until the code is compiled for good and caches are warm.</summary>
    public TimeSpan WarmUp { get; init; } = TimeSpan.FromMilliseconds(500);
}
