using System.Collections.Immutable;

namespace Atlas.Grains.Leases;

/// <summary>Asks the membership table, or the other silos, whether this silo is a member of its cluster.</summary>
internal sealed class ClusterStanding(
    ILocalSiloDetails self, IClusterMembershipService membership, MembershipTable table, StandingClient neighbours) : IClusterStanding
{
    private ImmutableArray<SiloAddress> _living = [];

    public async Task<ClusterSight> LookAsync(CancellationToken cancellation)
    {
        var (sight, living) = await table.LookAsync(self.SiloAddress, cancellation);
        _living = living;
        return sight;
    }

    public async Task<Hearsay> HearAsync(CancellationToken cancellation)
    {
        var answers = Neighbours().Select(neighbour => AskAsync(neighbour, cancellation)).ToList();
        var allAnswered = true;
        while (answers.Count > 0)
        {
            var answer = await Task.WhenAny(answers);
            answers.Remove(answer);
            var (sight, answered) = await answer;
            if (sight is not null)
            {
                return new Hearsay(sight, allAnswered);
            }

            allAnswered &= answered;
        }

        return new Hearsay(null, allAnswered);
    }

    public async Task FaceItAsync() => await membership.Refresh();

    /// <summary>Returns every silo that can be alive: those in the table when it was last read, and those that announced themselves
    /// since.</summary>
    private HashSet<SiloAddress> Neighbours()
    {
        var known = membership.CurrentSnapshot;
        var all = known.Members.Values.Where(member => member.Status is not (SiloStatus.None or SiloStatus.Dead))
            .Select(member => member.SiloAddress)
            .Concat(_living.Where(silo => known.GetSiloStatus(silo) is not SiloStatus.Dead))
            .ToHashSet();
        all.Remove(self.SiloAddress);
        return all;
    }

    private async Task<(ClusterSight? Sight, bool Answered)> AskAsync(SiloAddress neighbour, CancellationToken cancellation)
    {
        try
        {
            return (await neighbours.AskAsync(neighbour, self.SiloAddress).WaitAsync(cancellation), true);
        }
        catch (Exception)
        {
            // Dead, cut off or too slow: there is no way to tell which.
            return (null, false);
        }
    }
}
