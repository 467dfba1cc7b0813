using Atlas.Hosting.Settings;
using Orleans.Configuration;

namespace Atlas.Hosting.Clustering;

/// <summary>Hands the settings of membership to Orleans.</summary>
internal static class FailureDetection
{
    // Timers of two processes do not tick alike; the lease of a dead silo has run out for certain after it and this.
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(1);

    public static void Apply(this MembershipSettings settings, ClusterMembershipOptions options)
    {
        options.ProbeTimeout = TimeSpan.FromSeconds(settings.ProbeTimeoutSeconds);
        options.MinProbeTimeout = options.ProbeTimeout / 2;
        options.MaxProbeTimeout = MaxProbeTimeout(settings);
        options.NumMissedProbesLimit = settings.NumMissedProbesLimit;
        options.NumProbedSilos = Math.Max(settings.NumProbedSilos, settings.NumVotesForDeathDeclaration);
        options.NumVotesForDeathDeclaration = settings.NumVotesForDeathDeclaration;
        options.DeathVoteExpirationTimeout = TimeSpan.FromSeconds(settings.DeathVoteExpirationSeconds);
        options.TableRefreshTimeout = TimeSpan.FromSeconds(settings.TableRefreshSeconds);
        options.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(settings.IAmAliveSeconds);
        options.NumMissedTableIAmAliveLimit = settings.NumMissedTableIAmAliveLimit;
        options.MaxJoinAttemptTime = TimeSpan.FromSeconds(settings.MaxJoinAttemptSeconds);
        options.ExtendProbeTimeoutDuringDegradation = settings.ExtendProbeTimeoutDuringDegradation;
        options.EnableIndirectProbes = settings.EnableIndirectProbes;

        // Dead rows tell a silo that was frozen for long that it is one of them.
        options.DefunctSiloExpiration = TimeSpan.FromDays(1);
    }

    /// <summary>How long the grains of a dead silo stay where they were: until its read lease has run out for certain.</summary>
    /// <remarks>The directory counts from the estimated failure, which is the time of detection before the declaration.</remarks>
    public static void Apply(this MembershipSettings settings, GrainDirectoryOptions options) =>
        options.RangeLeaseDuration = (MaxProbeTimeout(settings) * settings.NumMissedProbesLimit)
            + TimeSpan.FromSeconds(settings.ReadLeaseSeconds) + Margin;

    private static TimeSpan MaxProbeTimeout(MembershipSettings settings) =>
        TimeSpan.FromSeconds(Math.Max(settings.MaxProbeTimeoutSeconds, settings.ProbeTimeoutSeconds));
}
