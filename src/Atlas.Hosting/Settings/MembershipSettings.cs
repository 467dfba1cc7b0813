using System.ComponentModel.DataAnnotations;

namespace Atlas.Hosting.Settings;

/// <summary>The section <c>Atlas:Silo:Membership</c>: how quickly the cluster notices that a silo died, and how certain it must be. All
/// silos of a cluster should have the same values.</summary>
public sealed class MembershipSettings
{
    public const string Section = "Atlas:Silo:Membership";

    private const string Prefix = "Atlas:Silo:Membership:";

    /// <summary>Gets or sets the time limit of the first probe of a silo, in seconds. Later probes adapt to how fast it answers.</summary>
    /// <value>The default is 1.5.</value>
    [Range(0.2, 60, ErrorMessage = Prefix + "ProbeTimeoutSeconds is out of bounds. Choose 0.2 to 60 seconds.")]
    public double ProbeTimeoutSeconds { get; set; } = 1.5;

    /// <summary>Gets or sets the longest time limit to which probes adapt, in seconds. At least <see cref="ProbeTimeoutSeconds"/>.</summary>
    /// <value>The default is 3.</value>
    [Range(0.2, 240, ErrorMessage = Prefix + "MaxProbeTimeoutSeconds is out of bounds. Choose 0.2 to 240 seconds.")]
    public double MaxProbeTimeoutSeconds { get; set; } = 3;

    /// <summary>Gets or sets how many consecutive probes must fail before a silo votes that another one is dead.</summary>
    /// <value>The default is 3.</value>
    [Range(1, 20, ErrorMessage = Prefix + "NumMissedProbesLimit is out of bounds. Choose 1 to 20 probes.")]
    public int NumMissedProbesLimit { get; set; } = 3;

    /// <summary>Gets or sets how many votes declare a silo dead. If fewer silos are left to vote, a majority of them is enough.</summary>
    /// <value>The default is 2.</value>
    [Range(1, 10, ErrorMessage = Prefix + "NumVotesForDeathDeclaration is out of bounds. Choose 1 to 10 votes.")]
    public int NumVotesForDeathDeclaration { get; set; } = 2;

    /// <summary>Gets or sets how many silos each silo probes.</summary>
    /// <value>The default is 6.</value>
    [Range(1, 50, ErrorMessage = Prefix + "NumProbedSilos is out of bounds. Choose 1 to 50 silos.")]
    public int NumProbedSilos { get; set; } = 6;

    /// <summary>Gets or sets how long a vote counts, in seconds.</summary>
    /// <value>The default is 60.</value>
    [Range(5, 3600, ErrorMessage = Prefix + "DeathVoteExpirationSeconds is out of bounds. Choose 5 to 3600 seconds.")]
    public double DeathVoteExpirationSeconds { get; set; } = 60;

    /// <summary>Gets or sets the seconds between two reads of the membership table. Changes also travel directly between silos.</summary>
    /// <value>The default is 10.</value>
    [Range(1, 600, ErrorMessage = Prefix + "TableRefreshSeconds is out of bounds. Choose 1 to 600 seconds.")]
    public double TableRefreshSeconds { get; set; } = 10;

    /// <summary>Gets or sets the seconds between two heartbeats in the membership table.</summary>
    /// <value>The default is 10.</value>
    [Range(1, 600, ErrorMessage = Prefix + "IAmAliveSeconds is out of bounds. Choose 1 to 600 seconds.")]
    public double IAmAliveSeconds { get; set; } = 10;

    /// <summary>Gets or sets how many heartbeats can be missing before a row of the table counts as stale. It lets a cluster start again
    /// after all of its silos died at once.</summary>
    /// <value>The default is 3.</value>
    [Range(1, 20, ErrorMessage = Prefix + "NumMissedTableIAmAliveLimit is out of bounds. Choose 1 to 20.")]
    public int NumMissedTableIAmAliveLimit { get; set; } = 3;

    /// <summary>Gets or sets how long a silo tries to join before it gives up and exits, in seconds.</summary>
    /// <value>The default is 120.</value>
    [Range(5, 3600, ErrorMessage = Prefix + "MaxJoinAttemptSeconds is out of bounds. Choose 5 to 3600 seconds.")]
    public double MaxJoinAttemptSeconds { get; set; } = 120;

    /// <summary>Gets or sets a value indicating whether a silo that is short of CPU or threads waits longer before it suspects others.</summary>
    /// <value>The default is true.</value>
    public bool ExtendProbeTimeoutDuringDegradation { get; set; } = true;

    /// <summary>Gets or sets a value indicating whether a third silo probes before the last failed probe counts, so that one broken
    /// connection does not declare a silo dead.</summary>
    /// <value>The default is true.</value>
    public bool EnableIndirectProbes { get; set; } = true;

    /// <summary>Gets or sets how long a silo answers from memory after it last verified that it belongs to the cluster, in seconds. The
    /// other silos take over the keys of a dead silo only after this time.</summary>
    /// <value>The default is 3.</value>
    [Range(1, 60, ErrorMessage = Prefix + "ReadLeaseSeconds is out of bounds. Choose 1 to 60 seconds.")]
    public double ReadLeaseSeconds { get; set; } = 3;

    /// <summary>Gets or sets how long silos answer from memory after they last reached the database, in seconds, while they reach each other
    /// and none of them reaches it. A silo that starts in the meantime, and reaches the database but none of them, can take over after
    /// <see cref="IAmAliveSeconds"/> times <see cref="NumMissedTableIAmAliveLimit"/>; with a larger value, a read can then be
    /// outdated.</summary>
    /// <value>The default is <see cref="IAmAliveSeconds"/> times one less than <see cref="NumMissedTableIAmAliveLimit"/>. It is unlimited
    /// for silos bound to loopback, which are all on one machine.</value>
    [Range(0, 86_400, ErrorMessage = Prefix + "ReadsWithoutDatabaseSeconds is out of bounds. Choose 0 to 86400 seconds, or leave it out.")]
    public double? ReadsWithoutDatabaseSeconds { get; set; }
}
