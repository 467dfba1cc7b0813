using System.Text;

namespace Atlas.Models.Synthesis.Offline;

/// <summary>Writes the two prefaces of a playbook: for the student what the entries are based on, for the teacher what to check.</summary>
internal sealed class PlaybookText(SynthesisRequest request)
{
    // Half of the default length in a prompt, because the entries are the playbook.
    private const int LongestText = 500;
    private const int MostWords = 5;

    /// <summary>Returns the student's text; null keeps the existing one.</summary>
    /// <param name="findings">The findings.</param>
    /// <param name="entries">Ids of the findings that are entries and need no further words.</param>
    public string? Student(IReadOnlyList<Candidate> findings, IReadOnlySet<string> entries)
    {
        var nothing = entries.Count > 0 ? null : "Nothing that the student did, and no kind of task, stands out at present.";
        return Compose(request.Current.StudentPreface, [.. Unannounced(findings, entries), .. TaskWords(findings)], nothing);
    }

    /// <summary>Returns the teacher's text; null keeps the existing one.</summary>
    public string? Teacher(IReadOnlyList<Candidate> findings)
    {
        List<string> lines = [.. findings.Where(finding => finding.Trait.IsAction).Select(finding => $"- Check that {Phrases.Check(finding)}.")];
        lines.AddRange(StudentWords(findings));
        lines.AddRange(TaskWords(findings));
        return Compose(request.Current.TeacherPreface, lines, "Nothing to check stands out at present.");
    }

    private static IEnumerable<string> Unannounced(IEnumerable<Candidate> findings, IReadOnlySet<string> entries) => findings
        .Where(finding => finding.Trait.IsAction && !entries.Contains(finding.Trait.EntryId(finding.Good)))
        .Select(finding => $"- {Phrases.Imperative(finding)} ({Phrases.Compared(finding.Comparison)}).");

    private static IEnumerable<string> StudentWords(IReadOnlyList<Candidate> findings)
    {
        foreach (var good in (bool[])[true, false])
        {
            var words = Words(findings, TraitKind.StudentWord, good);
            if (words.Length > 0)
            {
                yield return $"- Words in the student's messages, {(good ? "more" : "less")} often rewarded with them: {words} (signs, not causes).";
            }
        }
    }

    private static IEnumerable<string> TaskWords(IReadOnlyList<Candidate> findings)
    {
        foreach (var good in (bool[])[true, false])
        {
            var words = Words(findings, TraitKind.TaskWord, good);
            if (words.Length > 0)
            {
                yield return $"- Tasks with these words were {(good ? "more" : "less")} often rewarded: {words}.";
            }
        }
    }

    private static string Words(IReadOnlyList<Candidate> findings, TraitKind kind, bool good) => string.Join(", ",
        findings.Where(finding => finding.Trait.Kind == kind && finding.Good == good).Take(MostWords).Select(finding => finding.Trait.Name));

    /// <summary>Composes the preface: other authors' words, then a mark that is the same in every synthesis, then the lines.</summary>
    /// <param name="current">The existing preface.</param>
    /// <param name="lines">The lines.</param>
    /// <param name="nothing">The text if there is no line; null if the entries are enough.</param>
    private string? Compose(string? current, List<string> lines, string? nothing)
    {
        var own = Authorship.HasOwnText(current);
        if (lines.Count == 0 && nothing is not null && !own)
        {
            return null;
        }

        var others = Authorship.OthersText(current);
        var text = new StringBuilder(others);
        if (others.Length > 0)
        {
            text.Append("\n\n");
        }

        text.Append(Authorship.TextMark)
            .Append("rewarded and other sessions, made without a language model. It shows what went together, not why; rules and the task come first.");
        var room = Math.Min(LongestText, request.Options.PlaybookLimit / 2) - Length(text.ToString());
        var written = lines.Count == 0 && nothing is null && room >= 0 ? 1 : 0;
        foreach (var line in lines.Count == 0 && nothing is not null ? ["- " + nothing] : lines)
        {
            room -= Length(line) + 1;
            if (room < 0)
            {
                break;
            }

            text.Append('\n').Append(line);
            written++;
        }

        // No room next to another author's text: a heading alone is meaningless, and their words must not be cut.
        return written > 0 ? text.ToString() : own ? others : null;
    }

    private static int Length(string text) => text.EnumerateRunes().Count();
}
