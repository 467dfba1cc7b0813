using System.Net;
using Atlas.Grains.Leases;
using Atlas.Hosting.Settings;
using Orleans.Configuration;

namespace Atlas.Hosting.Clustering;

/// <summary>Applies the membership settings to Orleans.</summary>
internal static class FailureDetection
{
    // Timers of two processes drift apart; after this margin, the lease of a dead silo has certainly run out.
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

        // A silo that was suspended for long learns from its dead row that it was declared dead.
        options.DefunctSiloExpiration = TimeSpan.FromDays(1);
    }

    /// <summary>Sets how long the grains of a dead silo stay where they were: until its read lease has certainly run out.</summary>
    /// <remarks>The directory counts from the estimated failure, which precedes the declaration by the detection time.</remarks>
    public static void Apply(this MembershipSettings settings, GrainDirectoryOptions options) =>
        options.RangeLeaseDuration = (MaxProbeTimeout(settings) * settings.NumMissedProbesLimit)
            + TimeSpan.FromSeconds(settings.ReadLeaseSeconds) + Margin;

    /// <summary>Returns how long a silo can answer from memory, and how long without the database.</summary>
    /// <remarks>Processes on one machine cannot be cut off from each other, so none of them can be alone with the database.</remarks>
    public static ReadLeaseOptions ReadLease(this SiloSettings silo)
    {
        var settings = silo.Membership;
        var oneMachine = silo.Hosting is SiloHosting.Machine && IPAddress.TryParse(silo.Address, out var address) && IPAddress.IsLoopback(address);
        return new ReadLeaseOptions
        {
            Seconds = settings.ReadLeaseSeconds,
            WithoutDatabase = settings.ReadsWithoutDatabaseSeconds is { } seconds ? TimeSpan.FromSeconds(seconds)
                : oneMachine ? TimeSpan.MaxValue
                : TimeSpan.FromSeconds(settings.IAmAliveSeconds * (settings.NumMissedTableIAmAliveLimit - 1)),
        };
    }

    private static TimeSpan MaxProbeTimeout(MembershipSettings settings) =>
        TimeSpan.FromSeconds(Math.Max(settings.MaxProbeTimeoutSeconds, settings.ProbeTimeoutSeconds));
}
