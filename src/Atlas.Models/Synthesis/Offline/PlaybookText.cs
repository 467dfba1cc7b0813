using System.Text;

namespace Atlas.Models.Synthesis.Offline;

/// <summary>Writes the two texts of a playbook: what to do for the student, what to check for the teacher.</summary>
internal sealed class PlaybookText(Sample sample, SynthesisRequest request)
{
    // The length that a prompt takes by default; a higher limit does not make more worth saying.
    private const int LongestText = 1000;
    private const int MostWords = 5;

    /// <summary>The student's text; null leaves the one that is there.</summary>
    public string? Student(IReadOnlyList<Candidate> findings)
    {
        var lines = Actions(findings, Phrases.Imperative);
        lines.AddRange(TaskWords(findings));
        return Compose(request.Current.StudentText, lines, "Nothing that the student did, and no kind of task, stands out at present.");
    }

    /// <summary>The teacher's text; null leaves the one that is there.</summary>
    public string? Teacher(IReadOnlyList<Candidate> findings)
    {
        var lines = Actions(findings, finding => "Check that " + Phrases.Check(finding));
        lines.AddRange(StudentWords(findings));
        lines.AddRange(TaskWords(findings));
        return Compose(request.Current.TeacherText, lines, "Nothing to check stands out at present.");
    }

    private List<string> Actions(IEnumerable<Candidate> findings, Func<Candidate, string> say) =>
        [.. findings.Where(finding => finding.Trait.IsAction).Select(finding =>
            $"- {say(finding)} ({Phrases.Rates(Counts.Of(sample, finding.Trait))}; {Phrases.Compared(finding.Comparison)}).")];

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

    private string? Compose(string? current, List<string> lines, string nothing)
    {
        var own = Authorship.HasOwnText(current);
        if (lines.Count == 0 && !own)
        {
            return null;
        }

        var others = Authorship.OthersText(current);
        var text = new StringBuilder(others);
        if (others.Length > 0)
        {
            text.Append("\n\n");
        }

        text.Append($"{Authorship.TextMark}{sample.Sessions.Length} sessions of {sample.Tasks} tasks, {sample.GoodCount} rewarded, ")
            .Append("made without a language model. It shows what went together, not why; rules and the task come first.");
        var room = Math.Min(LongestText, request.Options.PlaybookLimit) - Length(text.ToString());
        var written = 0;
        foreach (var line in lines.DefaultIfEmpty("- " + nothing))
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
