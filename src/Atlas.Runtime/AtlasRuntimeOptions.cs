using System.ComponentModel.DataAnnotations;

namespace Atlas.Runtime;

/// <summary>How the runtime deals with its surroundings. How a session proceeds stands in the configuration.</summary>
public sealed record AtlasRuntimeOptions
{
    /// <summary>How long a cluster that cannot be reached is tried again, at the start, at the end, and at each record in between.</summary>
    /// <value>The default is 1 minute.</value>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The pause before the first new try; each further one is twice as long, up to 5 seconds.</summary>
    /// <value>The default is 200 milliseconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:00:05")]
    public TimeSpan RetryPause { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>How often a running session tells the cluster that it is alive.</summary>
    /// <value>The default is 20 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.010", "01:00:00")]
    public TimeSpan Heartbeat { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How often, in one attempt at a step, the agent may be asked; the last time it is asked for an answer without tools.</summary>
    /// <value>The default is 8.</value>
    [Range(1, 1000)]
    public int MaxAgentCalls { get; init; } = 8;

    /// <summary>How many steps of one level run at the same time.</summary>
    /// <value>The default is 8.</value>
    [Range(1, 256)]
    public int MaxParallelSteps { get; init; } = 8;

    /// <summary>How many events may wait for a cluster that cannot be reached; further ones are dropped, which the log says.</summary>
    /// <value>The default is 10,000.</value>
    [Range(1, 1_000_000)]
    public int MaxWaitingEvents { get; init; } = 10_000;

    /// <summary>The defaults, with three signs of life within a lease, so that one may be late and one may be lost.</summary>
    internal static AtlasRuntimeOptions InTimeFor(int leaseSeconds)
    {
        var usual = new AtlasRuntimeOptions();
        var third = TimeSpan.FromSeconds(leaseSeconds / 3.0);
        return leaseSeconds > 0 && third < usual.Heartbeat ? usual with { Heartbeat = third } : usual;
    }
}
