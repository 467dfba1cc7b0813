namespace Atlas.Grains.Leases;

/// <summary>Asks the database whether this silo still belongs to its cluster.</summary>
internal interface IClusterStanding
{
    /// <summary>What the database says of this silo, and which database that is.</summary>
    /// <remarks>Throws if the database does not answer soon.</remarks>
    Task<ClusterSight> LookAsync(CancellationToken cancellation);

    /// <summary>Makes the silo see for itself that it was declared dead, so that it ends.</summary>
    Task FaceItAsync();
}

/// <summary>What was seen of the cluster.</summary>
/// <param name="IsMember">False once the others have declared this silo dead.</param>
/// <param name="Store">Another one whenever the tables are others: a backup was put back.</param>
internal readonly record struct ClusterSight(bool IsMember, string Store);
