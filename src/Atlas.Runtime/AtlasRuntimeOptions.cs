using System.ComponentModel.DataAnnotations;

namespace Atlas.Runtime;

/// <summary>Options for how the runtime interacts with its environment. The configuration says how a session proceeds.</summary>
public sealed record AtlasRuntimeOptions
{
    /// <summary>Gets how long an unreachable cluster is retried: at the start, at the end, and for each record in between.</summary>
    /// <value>The default is 1 minute.</value>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Gets the delay before the first retry. Each further delay is twice as long, up to 5 seconds.</summary>
    /// <value>The default is 200 milliseconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:00:05")]
    public TimeSpan RetryPause { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Gets how often a running session renews its lease.</summary>
    /// <value>The default is 20 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.010", "01:00:00")]
    public TimeSpan Heartbeat { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Gets the largest number of calls to the agent in one attempt at a step. The last call asks for an answer without tools.</summary>
    /// <value>The default is 8.</value>
    [Range(1, 1000)]
    public int MaxAgentCalls { get; init; } = 8;

    /// <summary>Gets the largest number of steps of one level that run concurrently.</summary>
    /// <value>The default is 8.</value>
    [Range(1, 256)]
    public int MaxParallelSteps { get; init; } = 8;

    /// <summary>Gets the largest number of events that wait for an unreachable cluster. Later events are dropped, which the log reports.</summary>
    /// <value>The default is 10,000.</value>
    [Range(1, 1_000_000)]
    public int MaxWaitingEvents { get; init; } = 10_000;

    /// <summary>Returns the defaults with three heartbeats per lease, so that one can be late and one can be lost.</summary>
    internal static AtlasRuntimeOptions InTimeFor(int leaseSeconds)
    {
        var usual = new AtlasRuntimeOptions();
        var third = TimeSpan.FromSeconds(leaseSeconds / 3.0);
        return leaseSeconds > 0 && third < usual.Heartbeat ? usual with { Heartbeat = third } : usual;
    }
}
