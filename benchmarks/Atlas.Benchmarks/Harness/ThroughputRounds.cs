namespace Atlas.Benchmarks.Harness;

/// <summary>Runs concurrent workloads in rotation, A B C, B C A, C A B …, each for a moment at full speed.</summary>
internal sealed class ThroughputRounds(int rounds, double seconds)
{
    // The runtime keeps recompiling hot code for some seconds.
    private const int WarmUps = 3;

    private readonly TimeSpan _window = TimeSpan.FromSeconds(seconds);

    /// <summary>Warms up with rounds that do not count, and takes the samples.</summary>
    public async Task<ThroughputComparison> CompareAsync(IReadOnlyList<Throughput> contestants, CancellationToken cancellationToken)
    {
        var samples = contestants.Select(_ => new double[rounds]).ToArray();
        for (var warmUp = 0; warmUp < WarmUps; warmUp++)
        {
            foreach (var contestant in contestants)
            {
                await contestant.RateAsync(_window, cancellationToken);
            }
        }

        for (var round = 0; round < rounds; round++)
        {
            for (var turn = 0; turn < contestants.Count; turn++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var index = (round + turn) % contestants.Count;
                samples[index][round] = await contestants[index].RateAsync(_window, cancellationToken);
            }

            Console.Error.WriteLine($"  round {round + 1} of {rounds}: "
                + string.Join(", ", contestants.Select((contestant, index) => FormattableString.Invariant(
                    $"{contestant.Name} {samples[index][round]:0}/s"))));
        }

        return new ThroughputComparison([.. contestants.Select(contestant => contestant.Name)], samples, _window);
    }
}
