using System.Collections.Immutable;
using Atlas.Domain.Playbooks;
using Atlas.Learning.Playbooks;

namespace Atlas.Learning.Injection;

/// <summary>Which entries of a playbook are rendered for a role, and in which order: what is proven, then what is on trial, each in
/// the order in which it was accepted.</summary>
/// <remarks>So a new entry comes last, and everything before it is the same bytes as ever, which providers' prompt caches want.
/// It is also the order in which entries count: where there is no room for all, the last are left out first.</remarks>
public static class EntryOrder
{
    /// <summary>The entries that are rendered for a role; one that says nothing is none of them.</summary>
    public static ImmutableArray<PlaybookEntry> Of(LearnedPlaybook playbook, string role)
    {
        ArgumentNullException.ThrowIfNull(playbook);
        return
        [
            .. (playbook.Entries.IsDefault ? [] : playbook.Entries)
                .Where(entry => entry.Role == role && IsRendered(entry) && EntryWords.Of(entry).Length > 0)
                .DistinctBy(EntryIds.Of, StringComparer.Ordinal)
                .OrderBy(IsOnTrial),
        ];
    }

    /// <summary>Whether sessions may be given the entry at all: it is neither given up nor removed.</summary>
    public static bool IsRendered(PlaybookEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return entry.Lifecycle is not (EntryLifecycle.Deprecated or EntryLifecycle.Pruned or EntryLifecycle.Rejected);
    }

    /// <summary>Whether the entry has still to prove itself.</summary>
    public static bool IsOnTrial(PlaybookEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return entry.Lifecycle is EntryLifecycle.Provisional;
    }
}
