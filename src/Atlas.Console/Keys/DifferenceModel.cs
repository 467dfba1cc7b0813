using System.Collections.Immutable;
using System.Globalization;
using Atlas.Domain.Playbooks;
using Atlas.Http.Keys;
using Atlas.Learning.Playbooks;
using Atlas.Pages.Frame;

namespace Atlas.Pages.Keys;

/// <summary>Two playbooks side by side.</summary>
/// <param name="Before">The name of the first.</param>
/// <param name="After">The name of the second.</param>
/// <param name="Difference">What changed.</param>
/// <param name="Student">The student's texts, side by side.</param>
/// <param name="Teacher">The teacher's texts, side by side.</param>
/// <param name="Costs">The cost in the providers' prompt caches of replacing the first with the second, a sentence for each role.</param>
public sealed record DifferenceModel(
    string Before, string After, PlaybookDifference Difference, ImmutableArray<LinePair> Student, ImmutableArray<LinePair> Teacher, ImmutableArray<string> Costs)
{
    private const double CharactersPerToken = 4;

    internal static DifferenceModel Of(string before, LearnedPlaybook first, string after, LearnedPlaybook second)
    {
        var difference = PlaybookDiff.Between(first, second);
        return new DifferenceModel(
            before,
            after,
            difference,
            SideBySideLines.Of(first.StudentText, second.StudentText, difference.Student),
            SideBySideLines.Of(first.TeacherText, second.TeacherText, difference.Teacher),
            [.. new[] { Cost("student", first.StudentText, second.StudentText), Cost("teacher", first.TeacherText, second.TeacherText) }.OfType<string>()]);
    }

    /// <summary>Estimates a cost. A provider reads a prompt from its cache up to the first character that differs, and processes the rest
    /// again.</summary>
    private static string? Cost(string role, string? before, string? after)
    {
        var (old, now) = (before ?? "", after ?? "");
        if (old == now)
        {
            return null;
        }

        var same = old.AsSpan().CommonPrefixLength(now);
        var anew = now.Length - same;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"Prompt caches keep the first {same} of {now.Length} characters of the {role}'s text. About {Math.Ceiling(anew / CharactersPerToken):0} tokens of it, and what follows it in a prompt, are read again once.");
    }
}

/// <summary>The model of the difference page.</summary>
/// <param name="Key">The key as the reader writes it.</param>
/// <param name="From">The first version.</param>
/// <param name="To">The second version.</param>
/// <param name="Newest">The key's newest version.</param>
/// <param name="Difference">Both versions side by side.</param>
public sealed record DifferencePageModel(string Key, int From, int To, int Newest, DifferenceModel Difference)
{
    internal static async Task<DifferencePageModel> ReadAsync(ConsoleRequest request)
    {
        var (stored, desk) = (request.Stored, request.Service<KeyDesk>());
        var newest = (await desk.StateAsync(stored, request.Caller, request.Stop).ConfigureAwait(false)).Version;
        var to = request.Version("to") ?? newest;
        var from = request.Version("from") ?? Math.Max(to - 1, 0);
        return new DifferencePageModel(request.Key, from, to, newest, DifferenceModel.Of(
            $"version {from}",
            await desk.PlaybookAsync(stored, from, request.Caller, request.Stop).ConfigureAwait(false),
            $"version {to}",
            await desk.PlaybookAsync(stored, to, request.Caller, request.Stop).ConfigureAwait(false)));
    }
}
