using System.ComponentModel.DataAnnotations;

namespace Atlas.Learning.Options;

/// <summary>The block <c>learning.publish</c>: how often sessions may receive something new. Each change costs prompt cache hits at the
/// vendors.</summary>
public sealed record PublishOptions
{
    /// <summary>Seconds between two changes to what a learning key's sessions receive. What is learned in between waits and arrives as one
    /// change. Withdrawals by evidence and changes by a person take effect without waiting. 0 publishes every change immediately.</summary>
    /// <value>The default is 0.0.</value>
    [Range(0d, 2_592_000d)]
    public double IntervalSeconds { get; init; }
}
