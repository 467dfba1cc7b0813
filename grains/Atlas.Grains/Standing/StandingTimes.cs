namespace Atlas.Grains.Standing;

/// <summary>The times by which strict reads hold. They hang together, so they are no settings.</summary>
internal static class StandingTimes
{
    /// <summary>How long a silo may take itself for alive after it has seen so in the database, and how long a silo may use the
    /// copy of a playbook.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(3);

    /// <summary>How often a silo looks.</summary>
    public static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);

    /// <summary>How long one look may take. Where there is nobody else, less is needed.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public static readonly TimeSpan PatienceAlone = TimeSpan.FromSeconds(1);

    /// <summary>What others wait for until a lease has run out for certain: clocks of two machines do not run alike.</summary>
    public static TimeSpan Outlast(TimeSpan lease) => lease * 1.1;
}
