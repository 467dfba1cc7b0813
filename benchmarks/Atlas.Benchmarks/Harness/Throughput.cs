namespace Atlas.Benchmarks.Harness;

/// <summary>One of the ways whose operations per second are compared.</summary>
/// <param name="Name">What tells it from the others of its benchmark.</param>
/// <param name="RateAsync">Works at full speed for about so long and says how many operations per second were finished.</param>
internal sealed record Throughput(string Name, Func<TimeSpan, CancellationToken, Task<double>> RateAsync)
{
    /// <summary>Callers at work at once, each of which sends its next operation when the last was answered.</summary>
    /// <param name="name">What tells it from the others of its benchmark.</param>
    /// <param name="callers">How many there are.</param>
    /// <param name="operation">What the caller of that number does.</param>
    public static Throughput Of(string name, int callers, Func<int, Task> operation) => new(name, async (window, cancellationToken) =>
    {
        var began = System.Diagnostics.Stopwatch.GetTimestamp();
        var finished = new long[callers];
        await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(
            async () =>
            {
                while (System.Diagnostics.Stopwatch.GetElapsedTime(began) < window)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    await operation(caller);
                    finished[caller]++;
                }
            },
            cancellationToken)));
        return finished.Sum() / System.Diagnostics.Stopwatch.GetElapsedTime(began).TotalSeconds;
    });
}
