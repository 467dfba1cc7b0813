using System.Diagnostics;
using System.Threading.Channels;

namespace Atlas.Benchmarks.Http;

/// <summary>Requests that come at a steady rate, whether or not those before them were answered.</summary>
/// <remarks>The time of a request counts from when it was let go, also where every connection was busy then: who waits for the answer before it
/// asks again never meets a pause more than once.</remarks>
internal static class SteadyLoad
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);

    /// <summary>The time that 99 of 100 requests did not exceed, in microseconds.</summary>
    /// <param name="perSecond">How many come.</param>
    /// <param name="window">For how long.</param>
    /// <param name="connections">How many there are.</param>
    /// <param name="ask">Sends one on the connection of that number.</param>
    /// <param name="cancellationToken">Stops.</param>
    public static async Task<double> NinetyNineAsync(int perSecond, TimeSpan window, int connections, Func<int, Task> ask, CancellationToken cancellationToken) =>
        (await PercentilesAsync(perSecond, window, connections, ask, cancellationToken)).NinetyNine;

    /// <summary>The same, with the time that half of them did not exceed.</summary>
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
