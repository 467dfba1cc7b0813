using System.ComponentModel.DataAnnotations;

namespace Atlas.Grains.Leases;

/// <summary>How long a silo may answer from memory after it last made sure that it belongs to its cluster.</summary>
public sealed record ReadLeaseOptions
{
    /// <summary>Length of the lease, in seconds. Another silo takes over the keys of one that was declared dead only after this.</summary>
    /// <value>The default is 3 seconds.</value>
    [Range(1, 60)]
    public double Seconds { get; init; } = 3;

    /// <summary>The same as a span.</summary>
    public TimeSpan Duration => TimeSpan.FromSeconds(Seconds);
}
