using System.Buffers;
using System.Collections.Immutable;
using Atlas.Learning.Text;

namespace Atlas.Learning.Leaks;

/// <summary>Answers that are too long to occur by chance: they count wherever their words follow one another.</summary>
internal sealed class LongAnswers
{
    /// <summary>From this length on, an answer is found regardless of word boundaries: ORD-10427 in ord10427.</summary>
    private const int LongEnoughToRunTogether = 8;

    private readonly ImmutableArray<(string Needle, int Number)> _apart;
    private readonly ImmutableArray<(string Needle, int Number)> _together;
    private readonly SearchValues<string> _anyApart;
    private readonly SearchValues<string> _anyTogether;

    public LongAnswers(IEnumerable<EvaluationAnswer> answers)
    {
        var all = answers.ToList();
        _apart = [.. all.Select(answer => (Apart(answer.Words), answer.Number))];
        _together = [.. all.Where(answer => answer.Length >= LongEnoughToRunTogether).Select(answer => (string.Concat(answer.Words), answer.Number))];
        _anyApart = SearchValues.Create([.. _apart.Select(each => each.Needle)], StringComparison.Ordinal);
        _anyTogether = SearchValues.Create([.. _together.Select(each => each.Needle)], StringComparison.Ordinal);
    }

    /// <summary>Returns the number of an answer that the words contain; null for none.</summary>
    public int? Find(IReadOnlyList<FoldedWord> words) => words.Count == 0 ? null
        : Find(Apart(words.Select(word => word.Text)), _anyApart, _apart)
            ?? Find(string.Concat(words.Select(word => word.Text)), _anyTogether, _together);

    private static int? Find(string text, SearchValues<string> any, ImmutableArray<(string Needle, int Number)> needles)
    {
        var at = needles.IsEmpty ? -1 : text.AsSpan().IndexOfAny(any);
        return at < 0 ? null : needles.First(each => text.AsSpan(at).StartsWith(each.Needle, StringComparison.Ordinal)).Number;
    }

    private static string Apart(IEnumerable<string> words) => $" {string.Join(' ', words)} ";
}
