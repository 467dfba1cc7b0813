using Atlas.Grains.Leases;

namespace Atlas.Grains.Tests.Leases;

/// <summary>A membership table that says what the test wants.</summary>
internal sealed class ScriptedStanding : IClusterStanding
{
    /// <summary>What the table says; null if the database is away.</summary>
    public bool? Member { get; set; } = true;

    public int Asked { get; private set; }

    public bool Faced { get; private set; }

    public string Store { get; set; } = "first";

    public Task<ClusterSight> LookAsync(CancellationToken cancellation)
    {
        Asked++;
        return Member is { } member ? Task.FromResult(new ClusterSight(member, Store)) : Task.FromException<ClusterSight>(new TimeoutException("The database is away."));
    }

    /// <summary>What the other silos say; as it stands there are none.</summary>
    public Hearsay Others { get; set; } = new(null, AllAnswered: true);

    public Task<Hearsay> HearAsync(CancellationToken cancellation) => Task.FromResult(Others);

    public Task FaceItAsync()
    {
        Faced = true;
        return Task.CompletedTask;
    }
}
