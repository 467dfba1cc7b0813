using System.Diagnostics;
using System.Threading.Channels;

namespace Atlas.Benchmarks.Http;

/// <summary>Sends requests at a steady rate, whether or not previous ones were answered.</summary>
/// <remarks>The time of a request counts from its scheduled start, even if every connection was busy then. A client that waits for each
/// answer before it sends the next request would meet every pause only once.</remarks>
internal static class SteadyLoad
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);

    /// <summary>Returns the time that 99 of 100 requests did not exceed, in microseconds.</summary>
    /// <param name="perSecond">The number of requests per second.</param>
    /// <param name="window">The duration.</param>
    /// <param name="connections">The number of connections.</param>
    /// <param name="ask">Sends a request on the connection with that number.</param>
    /// <param name="cancellationToken">Cancels the measurement.</param>
    public static async Task<double> NinetyNineAsync(int perSecond, TimeSpan window, int connections, Func<int, Task> ask, CancellationToken cancellationToken) =>
        (await PercentilesAsync(perSecond, window, connections, ask, cancellationToken)).NinetyNine;

    /// <summary>Returns the same, and the time that half of the requests did not exceed.</summary>
    /// <inheritdoc cref="NinetyNineAsync"/>
    public static async Task<(double Half, double NinetyNine)> PercentilesAsync(
        int perSecond, TimeSpan window, int connections, Func<int, Task> ask, CancellationToken cancellationToken)
    {
        var due = Channel.CreateUnbounded<long>();
        var took = new List<double>[connections];
        var workers = Enumerable.Range(0, connections).Select(async connection =>
        {
            var mine = took[connection] = [];
            await foreach (var letGo in due.Reader.ReadAllAsync(cancellationToken))
            {
                await ask(connection);
                mine.Add(Stopwatch.GetElapsedTime(letGo).TotalMicroseconds);
            }
        }).ToArray();

        var began = Stopwatch.GetTimestamp();
        using var timer = new PeriodicTimer(Tick);
        for (var sent = 0L; Stopwatch.GetElapsedTime(began) is var elapsed && elapsed < window; await timer.WaitForNextTickAsync(cancellationToken))
        {
            for (var now = Stopwatch.GetTimestamp(); sent < elapsed.TotalSeconds * perSecond; sent++)
            {
                due.Writer.TryWrite(now);
            }
        }

        due.Writer.Complete();
        await Task.WhenAll(workers);
        var sorted = took.SelectMany(all => all).Order().ToArray();
        return (sorted[sorted.Length / 2], sorted[(int)(sorted.Length * 0.99)]);
    }
}
