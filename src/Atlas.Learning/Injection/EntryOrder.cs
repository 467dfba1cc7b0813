using System.Collections.Immutable;
using Atlas.Domain.Playbooks;
using Atlas.Learning.Playbooks;

namespace Atlas.Learning.Injection;

/// <summary>Selects and orders the entries of a playbook for a role: proven ones first, then those on trial, each in the order of
/// acceptance.</summary>
/// <remarks>A new entry therefore comes last, and the bytes before it stay the same, which keeps providers' prompt caches valid. It is also
/// the order of priority: if there is no room for all, the last are left out first.</remarks>
public static class EntryOrder
{
    /// <summary>Returns the entries that are rendered for a role; empty entries are left out.</summary>
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

    /// <summary>Whether sessions can get the entry at all: it is neither dropped nor removed.</summary>
    public static bool IsRendered(PlaybookEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return entry.Lifecycle is not (EntryLifecycle.Deprecated or EntryLifecycle.Pruned or EntryLifecycle.Rejected);
    }

    /// <summary>Whether the entry is still on trial.</summary>
    public static bool IsOnTrial(PlaybookEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return entry.Lifecycle is EntryLifecycle.Provisional;
    }
}
