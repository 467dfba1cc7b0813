using System.ComponentModel.DataAnnotations;

namespace Atlas.Hosting.Settings;

/// <summary>The section <c>Atlas:Silo:Membership</c>: how fast the cluster notices that a silo died, and how sure it wants to be.
/// All silos of a cluster should have the same values.</summary>
public sealed class MembershipSettings
{
    public const string Section = "Atlas:Silo:Membership";

    private const string Prefix = "Atlas:Silo:Membership:";

    /// <summary>Seconds that the first probe of a silo may take; later ones adapt to how fast it answers.</summary>
    /// <value>The default is 1.5.</value>
    [Range(0.2, 60, ErrorMessage = Prefix + "ProbeTimeoutSeconds is out of bounds. Choose 0.2 to 60 seconds.")]
    public double ProbeTimeoutSeconds { get; set; } = 1.5;

    /// <summary>The most that probes may adapt to, in seconds. At least <see cref="ProbeTimeoutSeconds"/>.</summary>
    /// <value>The default is 3.</value>
    [Range(0.2, 240, ErrorMessage = Prefix + "MaxProbeTimeoutSeconds is out of bounds. Choose 0.2 to 240 seconds.")]
    public double MaxProbeTimeoutSeconds { get; set; } = 3;

    /// <summary>Probes in a row that must fail before a silo votes that another one is dead.</summary>
    /// <value>The default is 3.</value>
    [Range(1, 20, ErrorMessage = Prefix + "NumMissedProbesLimit is out of bounds. Choose 1 to 20 probes.")]
    public int NumMissedProbesLimit { get; set; } = 3;

    /// <summary>Votes that declare a silo dead; where fewer silos are left to vote, a majority of them is enough.</summary>
    /// <value>The default is 2.</value>
    [Range(1, 10, ErrorMessage = Prefix + "NumVotesForDeathDeclaration is out of bounds. Choose 1 to 10 votes.")]
    public int NumVotesForDeathDeclaration { get; set; } = 2;

    /// <summary>Silos that each silo probes.</summary>
    /// <value>The default is 6.</value>
    [Range(1, 50, ErrorMessage = Prefix + "NumProbedSilos is out of bounds. Choose 1 to 50 silos.")]
    public int NumProbedSilos { get; set; } = 6;

    /// <summary>Seconds for which a vote counts.</summary>
    /// <value>The default is 60.</value>
    [Range(5, 3600, ErrorMessage = Prefix + "DeathVoteExpirationSeconds is out of bounds. Choose 5 to 3600 seconds.")]
    public double DeathVoteExpirationSeconds { get; set; } = 60;

    /// <summary>Seconds between two readings of the membership table; news also travels from silo to silo.</summary>
    /// <value>The default is 10.</value>
    [Range(1, 600, ErrorMessage = Prefix + "TableRefreshSeconds is out of bounds. Choose 1 to 600 seconds.")]
    public double TableRefreshSeconds { get; set; } = 10;

    /// <summary>Seconds between two signs of life in the table.</summary>
    /// <value>The default is 10.</value>
    [Range(1, 600, ErrorMessage = Prefix + "IAmAliveSeconds is out of bounds. Choose 1 to 600 seconds.")]
    public double IAmAliveSeconds { get; set; } = 10;

    /// <summary>Signs of life that may be missing before a row of the table is taken for a leftover. Lets a cluster start again
    /// after all of its silos died at once.</summary>
    /// <value>The default is 3.</value>
    [Range(1, 20, ErrorMessage = Prefix + "NumMissedTableIAmAliveLimit is out of bounds. Choose 1 to 20.")]
    public int NumMissedTableIAmAliveLimit { get; set; } = 3;

    /// <summary>Seconds that a silo tries to join before it gives up and ends.</summary>
    /// <value>The default is 120.</value>
    [Range(5, 3600, ErrorMessage = Prefix + "MaxJoinAttemptSeconds is out of bounds. Choose 5 to 3600 seconds.")]
    public double MaxJoinAttemptSeconds { get; set; } = 120;

    /// <summary>Gives a silo that is itself short of time or threads longer before it doubts others.</summary>
    /// <value>The default is true.</value>
    public bool ExtendProbeTimeoutDuringDegradation { get; set; } = true;

    /// <summary>Lets a third silo probe before the last failed probe counts, so that one broken connection is no death.</summary>
    /// <value>The default is true.</value>
    public bool EnableIndirectProbes { get; set; } = true;

    /// <summary>Seconds for which a silo answers from memory after it last made sure that it belongs to the cluster. The others
    /// take over the keys of a dead silo only after this.</summary>
    /// <value>The default is 3.</value>
    [Range(1, 60, ErrorMessage = Prefix + "ReadLeaseSeconds is out of bounds. Choose 1 to 60 seconds.")]
    public double ReadLeaseSeconds { get; set; } = 3;
}
