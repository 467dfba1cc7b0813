using System.Diagnostics;

namespace Atlas.Benchmarks.Harness;

/// <summary>Lets contestants run in turn, A B C, B C A, C A B …, so that a machine that is busy at times is so for all of them.</summary>
internal sealed class Rounds(RoundOptions options)
{
    /// <summary>Warms up, chooses how many operations make a sample, and takes the samples.</summary>
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
        var spent = new TimeSpan[contestants.Count];
        while (spent.Any(time => time < options.WarmUp))
        {
            for (var index = 0; index < contestants.Count; index++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var took = await TimeAsync(contestants[index], batches[index]);
                spent[index] += took;
                batches[index] = Next(batches[index], took);
            }
        }

        return batches;
    }

    // At most doubled at a time: the first operations are far slower than those that are measured.
    private int Next(int batch, TimeSpan took) =>
        (int)Math.Clamp(batch * (options.Sample / took), 1, Math.Min(batch * 2L, 10_000_000));

    private static async Task<TimeSpan> TimeAsync(Contestant contestant, int times)
    {
        var began = Stopwatch.GetTimestamp();
        await contestant.RepeatAsync(times);
        return Stopwatch.GetElapsedTime(began);
    }
}
