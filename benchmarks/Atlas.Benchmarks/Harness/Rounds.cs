using System.Diagnostics;

namespace Atlas.Benchmarks.Harness;

/// <summary>Runs contestants in rotation, A B C, B C A, C A B …, so that temporary load on the machine affects all of them
/// equally.</summary>
internal sealed class Rounds(RoundOptions options)
{
    private const int FewestLong = 5;

    /// <summary>Returns the number of rounds for longer samples, given the number of a full run.</summary>
    public int OfLong(int full) => Math.Min(full, Math.Max(FewestLong, (int)Math.Ceiling(full * options.LongShare)));

    /// <summary>Creates rounds of throughputs.</summary>
    /// <param name="full">The number of rounds of a full run.</param>
    /// <param name="seconds">The duration of each sample.</param>
    public ThroughputRounds Throughputs(int full = 9, double seconds = 2) => new(OfLong(full), seconds);

    /// <summary>Warms up, chooses the number of operations per sample, and takes the samples.</summary>
    public async Task<Comparison> CompareAsync(IReadOnlyList<Contestant> contestants, CancellationToken cancellationToken)
    {
        var batches = await WarmUpAsync(contestants, cancellationToken);
        var samples = contestants.Select(_ => new double[options.Rounds]).ToArray();
        for (var round = 0; round < options.Rounds; round++)
        {
            for (var turn = 0; turn < contestants.Count; turn++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var index = (round + turn) % contestants.Count;
                var took = await TimeAsync(contestants[index], batches[index]);
                samples[index][round] = took.TotalMicroseconds / batches[index];
            }
        }

        return new Comparison([.. contestants.Select(contestant => contestant.Name)], samples, batches);
    }

    private async Task<int[]> WarmUpAsync(IReadOnlyList<Contestant> contestants, CancellationToken cancellationToken)
    {
        var batches = contestants.Select(_ => 1).ToArray();
        var best = contestants.Select(_ => TimeSpan.MaxValue).ToArray();
        var spent = new TimeSpan[contestants.Count];
        while (spent.Any(time => time < options.WarmUp))
        {
            for (var index = 0; index < contestants.Count; index++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var took = await TimeAsync(contestants[index], batches[index]);
                spent[index] += took;

                // Based on the best time so far, which other work on the machine hardly affects: samples of different length would be
                // disturbed with different frequency.
                best[index] = TimeSpan.FromTicks(Math.Min(best[index].Ticks, Math.Max(took.Ticks / batches[index], 1)));
                batches[index] = (int)Math.Clamp(options.Sample / best[index], 1, batches[index] * 2L);
            }
        }

        return batches;
    }

    private static async Task<TimeSpan> TimeAsync(Contestant contestant, int times)
    {
        var began = Stopwatch.GetTimestamp();
        await contestant.RepeatAsync(times);
        return Stopwatch.GetElapsedTime(began);
    }
}
