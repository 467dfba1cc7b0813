using Atlas.Domain.Json;
using Atlas.Domain.Playbooks;
using Atlas.Learning.Text;

namespace Atlas.Learning.Playbooks;

/// <summary>Ids for entries that have none.</summary>
public static class EntryIds
{
    /// <summary>Derives a stable id from the entry's content: <c>playbook-entry-</c> and 12 hex digits.</summary>
    public static string Derive(PlaybookEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var pattern = entry.Cue.Pattern.Length > 0 ? entry.Cue.Pattern : CueText(entry.Cue);
        var parts = string.Join(
            "||", entry.Audience, entry.Cue.Type, pattern, entry.Action.Imperative, entry.Action.RuntimeHandle, entry.Scope.Constraints);
        return "playbook-entry-" + Sha256Text.Hex(parts)[..12];
    }

    /// <summary>Returns the entry's own id, or a derived one.</summary>
    public static string Of(PlaybookEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return PythonText.IsBlank(entry.Id) ? Derive(entry) : entry.Id!;
    }

    /// <summary>Models sometimes put the pattern under <c>text</c>.</summary>
    internal static string CueText(EntryCue cue) =>
        cue.Extra is not null && cue.Extra.TryGetValue("text", out var text) && PythonRepr.IsTruthy(text) ? PythonRepr.Str(text) : "";
}
