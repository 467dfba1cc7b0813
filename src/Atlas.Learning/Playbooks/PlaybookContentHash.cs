using System.Text.Json;
using Atlas.Domain.Json;
using Atlas.Domain.Playbooks;
using Atlas.Learning.Text;

namespace Atlas.Learning.Playbooks;

/// <summary>A hash over what a playbook says, not over what was observed of it.</summary>
/// <remarks>Two playbooks with one hash tell agents the same: both texts and the defining fields of all entries, whatever
/// their order. Impact, rubric and points in time are left out, so counting a session does not change the hash.</remarks>
public static class PlaybookContentHash
{
    /// <summary>SHA-256, 64 lower-case hex digits.</summary>
    public static string Compute(LearnedPlaybook playbook)
    {
        ArgumentNullException.ThrowIfNull(playbook);
        var entries = (playbook.Entries.IsDefault ? [] : playbook.Entries)
            .OrderBy(EntryIds.Of, StringComparer.Ordinal)
            .Select(EntryContent.Of)
            .ToArray();

        // A playbook as written keeps the hash that was recorded of it before there were others.
        object content = playbook.IsRendered
            ? new { playbook.Form, playbook.StudentPreface, playbook.TeacherPreface, Entries = entries }
            : new { playbook.StudentText, playbook.TeacherText, Entries = entries };
        return Sha256Text.Hex(CanonicalJson.Write(JsonSerializer.SerializeToElement(content, AtlasJson.Options)));
    }
}
