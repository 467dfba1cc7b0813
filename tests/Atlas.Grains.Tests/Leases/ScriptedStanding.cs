using Atlas.Grains.Leases;

namespace Atlas.Grains.Tests.Leases;

/// <summary>A membership table that says what the test wants.</summary>
internal sealed class ScriptedStanding : IClusterStanding
{
    /// <summary>What the table says; null if the database is away.</summary>
    public bool? Member { get; set; } = true;

    public int Asked { get; private set; }

    public bool Faced { get; private set; }

    public Task<bool> IsMemberAsync(CancellationToken cancellation)
    {
        Asked++;
        return Member is { } member ? Task.FromResult(member) : Task.FromException<bool>(new TimeoutException("The database is away."));
    }

    public Task FaceItAsync()
    {
        Faced = true;
        return Task.CompletedTask;
    }
}
