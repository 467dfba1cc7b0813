namespace Atlas.Grains.Leases;

/// <summary>Finds out whether this silo is still a member of its cluster.</summary>
internal interface IClusterStanding
{
    /// <summary>Returns what the database says about this silo, and identifies the database.</summary>
    /// <remarks>Throws if the database does not answer in time.</remarks>
    Task<ClusterSight> LookAsync(CancellationToken cancellation);

    /// <summary>Returns what the other silos report about this one, for when the database does not answer. Each that reaches the database
    /// looks there now.</summary>
    Task<Hearsay> HearAsync(CancellationToken cancellation);

    /// <summary>Makes the silo notice that it was declared dead, so that it stops.</summary>
    Task FaceItAsync();
}

/// <summary>A view of the cluster.</summary>
/// <param name="IsMember">False once the others have declared this silo dead.</param>
/// <param name="Store">Identifies the tables; it changes when a backup is restored.</param>
[GenerateSerializer]
[Alias("atlas.cluster-sight")]
internal readonly record struct ClusterSight([property: Id(0)] bool IsMember, [property: Id(1)] string Store);
