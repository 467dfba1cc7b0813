using System.Text.RegularExpressions;
using Atlas.Domain.Playbooks;
using Atlas.Learning.Options;

namespace Atlas.Learning.Synthesis;

/// <summary>Finds what makes an entry too specific: banned words, dates, references to incidents, file paths.</summary>
internal static partial class GeneralityFilter
{
    /// <summary>Returns why the entry is too specific; null if it is general.</summary>
    public static string? Objection(PlaybookEntry entry, GateOptions options)
    {
        var text = string.Join(
            ' ',
            entry.Cue.Pattern,
            entry.Cue.Description,
            entry.Action.Imperative,
            entry.ExpectedEffect,
            entry.Scope.Constraints,
            entry.Scope.AppliesWhen);

        // An allowed name can contain a banned word ("Casebook"); dates and paths stay unchanged.
        var withoutNames = WithoutNames(text, options);
        var lower = withoutNames.ToLowerInvariant();
        foreach (var token in options.BannedIncidentTokens.IsDefault ? [] : options.BannedIncidentTokens)
        {
            if (token.Length > 0 && lower.Contains(token.ToLowerInvariant(), StringComparison.Ordinal))
            {
                return "banned_token:" + token;
            }
        }

        if (Date().IsMatch(text))
        {
            return "contains_date";
        }

        if (IncidentReference().IsMatch(withoutNames))
        {
            return "contains_incident_reference";
        }

        return FilePath().IsMatch(text) ? "contains_specific_file_path" : null;
    }

    private static string WithoutNames(string text, GateOptions options)
    {
        foreach (var name in options.AllowedProperNouns.IsDefault ? [] : options.AllowedProperNouns)
        {
            for (var at = Find(text, name, 0); at >= 0; at = Find(text, name, at))
            {
                text = text.Remove(at, name.Length);
            }
        }

        return text;
    }

    /// <summary>Returns the position of the name as a whole word, or -1.</summary>
    private static int Find(string text, string name, int start)
    {
        for (var at = start; name.Length > 0 && (at = text.IndexOf(name, at, StringComparison.Ordinal)) >= 0; at++)
        {
            var end = at + name.Length;
            if ((at == 0 || !IsWord(text[at - 1])) && (end == text.Length || !IsWord(text[end])))
            {
                return at;
            }
        }

        return -1;
    }

    private static bool IsWord(char c) => char.IsLetterOrDigit(c) || c == '_';

    [GeneratedRegex(@"\b(?:19|20)\d{2}(?:[-/](?:0?[1-9]|1[0-2])(?:[-/](?:0?[1-9]|[12]\d|3[01]))?)?\b", RegexOptions.CultureInvariant)]
    private static partial Regex Date();

    [GeneratedRegex(@"\b(?:incident|case|ticket)[\s\x1c-\x1f#_-]+[a-z0-9]", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex IncidentReference();

    [GeneratedRegex(
        @"(?:^|[\s""'`])(?:/|\./|\.\./|~/?)[a-z0-9_./-]+[/.](?:py|js|ts|java|rb|go|rs|yaml|yml|json|txt|md|sql|sh|bat|ps1)[\s""'`]",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex FilePath();
}
