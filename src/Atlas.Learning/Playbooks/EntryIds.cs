using Atlas.Domain.Json;
using Atlas.Domain.Playbooks;
using Atlas.Learning.Text;

namespace Atlas.Learning.Playbooks;

/// <summary>Identities of entries that came without one.</summary>
public static class EntryIds
{
    /// <summary>A stable id from what the entry says: <c>playbook-entry-</c> and 12 hex digits.</summary>
    public static string Derive(PlaybookEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var pattern = entry.Cue.Pattern.Length > 0 ? entry.Cue.Pattern : CueText(entry.Cue);
        var parts = string.Join(
            "||", entry.Audience, entry.Cue.Type, pattern, entry.Action.Imperative, entry.Action.RuntimeHandle, entry.Scope.Constraints);
        return "playbook-entry-" + Sha256Text.Hex(parts)[..12];
    }

    /// <summary>The entry's own id, or a derived one.</summary>
    public static string Of(PlaybookEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return PythonText.IsBlank(entry.Id) ? Derive(entry) : entry.Id!;
    }

    /// <summary>Models sometimes put the pattern under <c>text</c>.</summary>
    internal static string CueText(EntryCue cue) =>
        cue.Extra is not null && cue.Extra.TryGetValue("text", out var text) && PythonRepr.IsTruthy(text) ? PythonRepr.Str(text) : "";
}
