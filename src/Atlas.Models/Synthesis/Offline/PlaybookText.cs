using System.Text;

namespace Atlas.Models.Synthesis.Offline;

/// <summary>Writes the two prefaces of a playbook: what the entries rest on for the student, what to check for the teacher.</summary>
internal sealed class PlaybookText(SynthesisRequest request)
{
    // Half of what a prompt takes by default: the entries are the playbook.
    private const int LongestText = 500;
    private const int MostWords = 5;

    /// <summary>The student's text; null leaves the one that is there.</summary>
    /// <param name="findings">What was found.</param>
    /// <param name="entries">Ids of the findings that are entries, and so say themselves.</param>
    public string? Student(IReadOnlyList<Candidate> findings, IReadOnlySet<string> entries)
    {
        var nothing = entries.Count > 0 ? null : "Nothing that the student did, and no kind of task, stands out at present.";
        return Compose(request.Current.StudentPreface, [.. Unannounced(findings, entries), .. TaskWords(findings)], nothing);
    }

    /// <summary>The teacher's text; null leaves the one that is there.</summary>
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

    /// <summary>The preface: other authors' words, then a mark that does not change from synthesis to synthesis, then the lines.</summary>
    /// <param name="current">The preface as it is.</param>
    /// <param name="lines">What to say.</param>
    /// <param name="nothing">What to say where there is no line; null where the entries speak for themselves.</param>
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

        // No room beside another author's text: a heading alone says nothing, and cutting their words is not ours to do.
        return written > 0 ? text.ToString() : own ? others : null;
    }

    private static int Length(string text) => text.EnumerateRunes().Count();
}
