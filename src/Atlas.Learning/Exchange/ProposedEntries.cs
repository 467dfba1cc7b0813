using System.Collections.Immutable;
using Atlas.Domain.Playbooks;
using Atlas.Learning.Playbooks;

namespace Atlas.Learning.Exchange;

/// <summary>Adds accepted entries to a playbook.</summary>
public static class ProposedEntries
{
    /// <summary>Returns the playbook with the entries appended. An entry whose id is already there is not added again.</summary>
    /// <param name="playbook">The newest version.</param>
    /// <param name="accepted">The entries.</param>
    /// <returns>The playbook, and the number of entries added.</returns>
    public static (LearnedPlaybook Playbook, int Added) AddTo(LearnedPlaybook playbook, IEnumerable<PlaybookEntry> accepted)
    {
        ArgumentNullException.ThrowIfNull(playbook);
        ArgumentNullException.ThrowIfNull(accepted);
        ImmutableArray<PlaybookEntry> before = playbook.Entries.IsDefault ? [] : playbook.Entries;
        var there = before.Select(EntryIds.Of).ToHashSet(StringComparer.Ordinal);
        ImmutableArray<PlaybookEntry> added = [.. accepted.Where(entry => there.Add(EntryIds.Of(entry)))];

        // An empty playbook has no text of its own to keep.
        var form = before.IsEmpty && playbook is { StudentPreface: "", TeacherPreface: null or "" } ? PlaybookForm.Entries : playbook.Form;
        return (playbook with { Form = form, Entries = before.AddRange(added) }, added.Length);
    }
}
