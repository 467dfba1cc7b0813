using System.Text.Json;
using Atlas.Learning.Json;
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
        var content = new
        {
            playbook.StudentText,
            playbook.TeacherText,
            Entries = (playbook.Entries.IsDefault ? [] : playbook.Entries)
                .OrderBy(EntryIds.Of, StringComparer.Ordinal)
                .Select(EntryContent.Of)
                .ToArray(),
        };
        return Sha256Text.Hex(CanonicalJson.Write(JsonSerializer.SerializeToElement(content, AtlasJson.Options)));
    }
}
