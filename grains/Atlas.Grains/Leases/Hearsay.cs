namespace Atlas.Grains.Leases;

/// <summary>What the other silos report about this silo's membership.</summary>
/// <param name="Sight">What one of them saw in the database just now; null if none can reach it.</param>
/// <param name="AllAnswered">Whether all of them answered, so that none can have lost contact with this silo; true if there are no
/// others.</param>
internal readonly record struct Hearsay(ClusterSight? Sight, bool AllAnswered);
