using System.ComponentModel.DataAnnotations;

namespace Atlas.Grains.Leases;

/// <summary>How long a silo can answer from memory after it last confirmed that it is a member of its cluster.</summary>
public sealed record ReadLeaseOptions
{
    /// <summary>Length of the lease, in seconds. Another silo takes over the keys of one that was declared dead only after this.</summary>
    /// <value>The default is 3 seconds.</value>
    [Range(1, 60)]
    public double Seconds { get; init; } = 3;

    /// <summary>How long the lease continues after the database was last seen, while all other silos answer and none of them reaches it either.</summary>
    /// <value>The default is without end, which is right where all silos are on one machine.</value>
    public TimeSpan WithoutDatabase { get; init; } = TimeSpan.MaxValue;

    /// <summary>The length as a time span.</summary>
    public TimeSpan Duration => TimeSpan.FromSeconds(Seconds);
}
