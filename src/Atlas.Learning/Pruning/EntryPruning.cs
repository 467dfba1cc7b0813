using System.Collections.Immutable;
using Atlas.Domain.Playbooks;
using Atlas.Learning.Options;
using Atlas.Learning.Playbooks;
using Atlas.Learning.Text;

namespace Atlas.Learning.Pruning;

/// <summary>Removes entries that have proved not to help.</summary>
public static class EntryPruning
{
    private const int HarmfulHits = 5;
    private const int NeutralHits = 10;
    private const double NeutralAdoption = 0.5;
    private const int TransferIncidents = 2;

    /// <summary>Prunes entries by their current impact.</summary>
    /// <param name="entries">The entries as they are now.</param>
    /// <param name="options">The options, for how much an entry must have shown.</param>
    /// <param name="now">The time, for the traces.</param>
    /// <param name="incidentsSeen">Whether the key has ever seen an incident. Without one, no entry can show that it helps in several, so
    /// none is removed for that reason; null looks for incidents in the entries.</param>
    public static PruningOutcome Apply(
        ImmutableArray<PlaybookEntry> entries, PruningOptions options, DateTimeOffset now, bool? incidentsSeen = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        var all = entries.IsDefault ? [] : entries;
        var incidents = incidentsSeen ?? all.Any(HasIncident);
        var kept = ImmutableArray.CreateBuilder<PlaybookEntry>(all.Length);
        var pruned = ImmutableArray.CreateBuilder<PrunedEntry>();
        foreach (var entry in all)
        {
            if (ReasonFor(entry, options, incidents) is { } reason)
            {
                pruned.Add(new PrunedEntry(EntryIds.Of(entry), reason, AtlasTime.Iso(now), entry.Action.Imperative, entry.Impact!));
            }
            else
            {
                kept.Add(entry);
            }
        }

        return pruned.Count == 0 ? new PruningOutcome(all, []) : new PruningOutcome(kept.ToImmutable(), pruned.ToImmutable());
    }

    /// <summary>Returns why an entry must be removed; null if it stays.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="options">The options, for how much an entry must have shown.</param>
    /// <param name="incidentsSeen">Whether the key has ever seen an incident.</param>
    public static string? ReasonFor(PlaybookEntry entry, PruningOptions options, bool incidentsSeen)
    {
        ArgumentNullException.ThrowIfNull(entry);
        ArgumentNullException.ThrowIfNull(options);
        if (entry.Impact is not { } impact || impact.SessionsObserved < options.MinSessions)
        {
            return null;
        }

        if (impact.HitRate < options.MinCueHitRate)
        {
            return PruneReason.TooSpecific;
        }

        if (impact.RewardDelta < -options.MinRewardDelta && impact.SessionsWithHits >= HarmfulHits)
        {
            return PruneReason.Harmful;
        }

        if (impact.RewardDelta < options.MinRewardDelta && impact.AdoptionRate > NeutralAdoption && impact.SessionsWithHits >= NeutralHits)
        {
            return PruneReason.Neutral;
        }

        return incidentsSeen && impact.IncidentIds.Length < TransferIncidents && impact.SessionsObserved >= options.MinTransferSessions
            ? PruneReason.NoTransfer
            : null;
    }

    private static bool HasIncident(PlaybookEntry entry) => entry.Impact is { IncidentIds.IsDefaultOrEmpty: false };
}
