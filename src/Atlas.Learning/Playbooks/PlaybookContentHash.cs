using System.Text.Json;
using Atlas.Domain.Json;
using Atlas.Domain.Playbooks;
using Atlas.Learning.Text;

namespace Atlas.Learning.Playbooks;

/// <summary>A hash of a playbook's content, without observations.</summary>
/// <remarks>Two playbooks with the same hash tell agents the same: both texts and the defining fields of all entries, in any order. Impact,
/// rubric and times are left out, so counting a session does not change the hash.</remarks>
public static class PlaybookContentHash
{
    /// <summary>Computes the SHA-256, 64 lower-case hex digits.</summary>
    public static string Compute(LearnedPlaybook playbook)
    {
        ArgumentNullException.ThrowIfNull(playbook);
        var entries = (playbook.Entries.IsDefault ? [] : playbook.Entries)
            .OrderBy(EntryIds.Of, StringComparer.Ordinal)
            .Select(EntryContent.Of)
            .ToArray();

        // A playbook as written keeps its recorded hash, from before entries were rendered.
        object content = playbook.IsRendered
            ? new { playbook.Form, playbook.StudentPreface, playbook.TeacherPreface, Entries = entries }
            : new { playbook.StudentText, playbook.TeacherText, Entries = entries };
        return Sha256Text.Hex(CanonicalJson.Write(JsonSerializer.SerializeToElement(content, AtlasJson.Options)));
    }
}
