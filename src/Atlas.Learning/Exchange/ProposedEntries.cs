using System.Collections.Immutable;
using Atlas.Domain.Playbooks;
using Atlas.Learning.Playbooks;

namespace Atlas.Learning.Exchange;

/// <summary>Puts entries that were accepted into a playbook.</summary>
public static class ProposedEntries
{
    /// <summary>The playbook with the entries behind those it has. One that is there already, by its id, is not added again.</summary>
    /// <param name="playbook">The newest version.</param>
    /// <param name="accepted">The entries.</param>
    /// <returns>The playbook, and how many entries are new in it.</returns>
    public static (LearnedPlaybook Playbook, int Added) AddTo(LearnedPlaybook playbook, IEnumerable<PlaybookEntry> accepted)
    {
        ArgumentNullException.ThrowIfNull(playbook);
        ArgumentNullException.ThrowIfNull(accepted);
        ImmutableArray<PlaybookEntry> before = playbook.Entries.IsDefault ? [] : playbook.Entries;
        var there = before.Select(EntryIds.Of).ToHashSet(StringComparer.Ordinal);
        ImmutableArray<PlaybookEntry> added = [.. accepted.Where(entry => there.Add(EntryIds.Of(entry)))];

        // A playbook that says nothing has no text that stands as written.
        var form = before.IsEmpty && playbook is { StudentPreface: "", TeacherPreface: null or "" } ? PlaybookForm.Entries : playbook.Form;
        return (playbook with { Form = form, Entries = before.AddRange(added) }, added.Length);
    }
}
