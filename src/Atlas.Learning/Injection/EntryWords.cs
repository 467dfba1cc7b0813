using System.Text;
using System.Text.RegularExpressions;
using Atlas.Domain.Playbooks;
using Atlas.Learning.Playbooks;
using Atlas.Learning.Text;

namespace Atlas.Learning.Injection;

/// <summary>The words of an entry: its line in a prompt.</summary>
/// <remarks>
/// <c>- When: the customer speaks of a voucher. Do: Call read_policy before you offer one. Expect: The refund is right. Limits: Holds for every order.</c>
/// <para>Uses labels instead of a sentence, because authors write a cue as a sentence, a noun phrase or a keyword.</para>
/// <para>This is <see cref="PlaybookForm.Entries"/>. It must not change: old sessions are rebuilt with it, and evidence belongs to the hash
/// of these words.</para>
/// </remarks>
public static partial class EntryWords
{
    private static readonly char[] SentenceEnds = ['.', '!', '?', '\u3002', '\u2026'];

    /// <summary>Returns the line, without a line break, whatever the entry contains; empty if it says nothing.</summary>
    public static string Of(PlaybookEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var said = new StringBuilder();
        var imperative = OneLine(entry.Action.Imperative);
        Append(said, "Do", imperative);
        if (OneLine(entry.Action.RuntimeHandle) is { Length: > 0 } tool && !imperative.Contains(tool, StringComparison.OrdinalIgnoreCase))
        {
            Append(said, "Tool", tool);
        }

        Append(said, "Expect", OneLine(entry.ExpectedEffect));
        Append(said, "Limits", OneLine(entry.Scope.Constraints));
        if (said.Length == 0)
        {
            return "";
        }

        var line = new StringBuilder("-");
        Append(line, "When", CueOf(entry.Cue));
        return Delimiters.Disarm(line.Append(said).ToString());
    }

    /// <summary>Returns the SHA-256 of the words in UTF-8, 64 lower-case hex digits. With key and id it identifies an entry's
    /// evidence.</summary>
    public static string Sha256Of(PlaybookEntry entry) => Sha256Text.Hex(Of(entry));

    /// <summary>Whether two entries say the same to the same role.</summary>
    public static bool AreSame(PlaybookEntry one, PlaybookEntry other)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        return one.Role == other.Role && Of(one) == Of(other);
    }

    private static string CueOf(EntryCue cue)
    {
        var said = OneLine(cue.Description);
        if (said.Length > 0)
        {
            return Introduction().Replace(said, "");
        }

        var pattern = OneLine(cue.Pattern.Length > 0 ? cue.Pattern : EntryIds.CueText(cue));
        return (pattern.Length, cue.Type) switch
        {
            (0, _) => "",
            (_, "regex") => $"the text matches /{pattern}/",
            (_, "predicate") => $"the text has {pattern}",
            _ => $"the text has \"{pattern}\"",
        };
    }

    private static void Append(StringBuilder line, string label, string text)
    {
        if (text.Length > 0)
        {
            line.Append(' ').Append(label).Append(": ").Append(Sentence(text));
        }
    }

    private static string Sentence(string text)
    {
        var bare = text.TrimEnd(':', ';', ',', ' ');
        return bare.Length == 0 || SentenceEnds.Contains(bare[^1]) ? bare : bare + ".";
    }

    private static string OneLine(string? text) => text is null ? "" : PythonText.Strip(Breaks().Replace(text, " "));

    // The label already says it.
    [GeneratedRegex(@"^when(?:ever)?[:,]?\s+(?=\S)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Introduction();

    // Anything that a reader, a model or a terminal could take for the end of a line.
    [GeneratedRegex(@"[\s\p{Cc}\u2028\u2029]+", RegexOptions.CultureInvariant)]
    private static partial Regex Breaks();
}
