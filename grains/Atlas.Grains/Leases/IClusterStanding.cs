namespace Atlas.Grains.Leases;

/// <summary>Asks the database whether this silo still belongs to its cluster.</summary>
internal interface IClusterStanding
{
    /// <summary>False once the others have declared this silo dead.</summary>
    /// <remarks>Throws if the database does not answer soon.</remarks>
    Task<bool> IsMemberAsync(CancellationToken cancellation);

    /// <summary>Makes the silo see for itself that it was declared dead, so that it ends.</summary>
    Task FaceItAsync();
}
