using System.Collections.Frozen;
using Atlas.Learning.Text;

namespace Atlas.Learning.Leaks;

/// <summary>Answers such as 42 or yes, which occur in many texts by chance. They count only if a text gives them as an answer: as its whole
/// content, or right after a word like "answer" and at the end of that statement.</summary>
internal sealed class ShortAnswers
{
    private static readonly FrozenSet<string> Giving = FrozenSet.ToFrozenSet(
        ["answer", "answers", "answered", "answering", "result", "solution", "reply", "replies", "respond", "return", "returns",
         "say", "output", "give", "submit", "choose", "pick", "select", "enter", "conclude"],
        StringComparer.Ordinal);

    private static readonly FrozenSet<string> Between = FrozenSet.ToFrozenSet(
        ["the", "a", "an", "is", "are", "be", "was", "equals", "with", "by", "exactly", "always", "just", "only", "simply", "that",
         "it", "as", "value", "final", "option", "number", "should", "must", "will", "would"],
        StringComparer.Ordinal);

    /// <summary>Words that can follow an answer without being part of it: "answer 42 for orders of that kind".</summary>
    private static readonly FrozenSet<string> GoingOn = FrozenSet.ToFrozenSet(
        ["for", "in", "on", "to", "when", "whenever", "if", "because", "since", "as", "unless", "here", "at", "with"],
        StringComparer.Ordinal);

    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly int _mostWords;

    public ShortAnswers(IEnumerable<EvaluationAnswer> answers)
    {
        foreach (var answer in answers)
        {
            _numbers.TryAdd(string.Join(' ', answer.Words), answer.Number);
            _mostWords = Math.Max(_mostWords, answer.Words.Length);
        }
    }

    /// <summary>Returns the number of an answer that the words give; null for none.</summary>
    public int? Find(IReadOnlyList<FoldedWord> words, string text)
    {
        if (_numbers.Count == 0 || words.Count == 0)
        {
            return null;
        }

        if (words.Count <= _mostWords && At(words, 0, words.Count) is { } whole)
        {
            return whole;
        }

        for (var at = 0; at < words.Count; at++)
        {
            if (Giving.Contains(words[at].Text) && FindBehind(words, text, at + 1) is { } number)
            {
                return number;
            }
        }

        return null;
    }

    private int? FindBehind(IReadOnlyList<FoldedWord> words, string text, int at)
    {
        for (; at < words.Count; at++)
        {
            for (var count = Math.Min(_mostWords, words.Count - at); count > 0; count--)
            {
                if (At(words, at, count) is { } number && IsEnd(words, text, at + count))
                {
                    return number;
                }
            }

            if (!Between.Contains(words[at].Text))
            {
                return null;
            }
        }

        return null;
    }

    private int? At(IReadOnlyList<FoldedWord> words, int at, int count) =>
        _numbers.TryGetValue(string.Join(' ', Enumerable.Range(at, count).Select(index => words[index].Text)), out var number) ? number : null;

    private static bool IsEnd(IReadOnlyList<FoldedWord> words, string text, int next) =>
        next == words.Count
        || GoingOn.Contains(words[next].Text)
        || text.AsSpan(words[next - 1].End, words[next].Start - words[next - 1].End).ContainsAny(".,;:!?\n\"'`()[]{}\u201d");
}
