namespace Atlas.Benchmarks.Harness;

/// <summary>One of the alternatives whose operations per second are compared.</summary>
/// <param name="Name">The name, which distinguishes it from the others of its benchmark.</param>
/// <param name="RateAsync">Works at full speed for about the given time, and returns the number of operations completed per second.</param>
internal sealed record Throughput(string Name, Func<TimeSpan, CancellationToken, Task<double>> RateAsync)
{
    /// <summary>Creates a throughput with concurrent callers, each of which sends its next operation when the previous one was
    /// answered.</summary>
    /// <param name="name">The name, which distinguishes it from the others of its benchmark.</param>
    /// <param name="callers">The number of callers.</param>
    /// <param name="operation">The operation of the caller with a number.</param>
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
