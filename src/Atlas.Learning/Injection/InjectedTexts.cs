using System.Collections.Immutable;
using System.Text;
using Atlas.Learning.Text;

namespace Atlas.Learning.Injection;

/// <summary>The playbook texts that a session got. Finds copies of them in what the session said: quoted, in part, rewrapped, with other
/// marks, case or punctuation, and without their delimiters.</summary>
/// <remarks>Six consecutive words of a playbook count as a copy, and so does a shorter line or sentence of a playbook if it is a whole line
/// or sentence. Immutable and thread-safe.</remarks>
public sealed class InjectedTexts
{
    private const int Run = 6;
    private const int ShortestUnit = 3;

    /// <summary>The number of words between two copies that still belong to them, such as list numbers or a changed word.</summary>
    private const int LargestGap = 2;

    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly HashSet<(int, int, int, int, int, int)> _runs = [];
    private readonly ImmutableArray<int[]> _units;

    private InjectedTexts(IEnumerable<string> texts)
    {
        var units = new List<int[]>();
        foreach (var text in texts)
        {
            var words = FoldedWords.Of(text);
            var numbers = words.Select(word => NumberOf(word.Text)).ToArray();
            for (var at = 0; at + Run <= numbers.Length; at++)
            {
                _runs.Add(RunAt(numbers, at));
            }

            units.AddRange(Units(words, numbers, text));
        }

        _units = [.. units.DistinctBy(unit => string.Join(' ', unit)).OrderByDescending(unit => unit.Length)];
    }

    /// <summary>The texts of a session that got none.</summary>
    public static InjectedTexts None { get; } = new([]);

    /// <summary>Whether there is nothing to find.</summary>
    public bool IsEmpty => _numbers.Count == 0;

    /// <summary>Creates an instance from texts, with or without delimiters; null and blank ones are skipped.</summary>
    public static InjectedTexts Of(params IEnumerable<string?> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        var own = texts.Where(text => !PythonText.IsBlank(text)).Select(text => text!).ToList();
        return own.Count == 0 ? None : new InjectedTexts(own);
    }

    /// <summary>Returns the text without any playbook blocks and without copies of these texts.</summary>
    public string Remove(string? text)
    {
        var own = EchoGuard.Remove(text);
        if (IsEmpty || own.Length == 0)
        {
            return own;
        }

        var words = FoldedWords.Of(own);
        var numbers = words.Select(word => _numbers.GetValueOrDefault(word.Text, -1)).ToArray();
        var copied = new bool[numbers.Length];
        MarkRuns(numbers, copied);
        FillGaps(copied);
        MarkUnits(words, numbers, own, copied);
        return copied.AsSpan().Contains(true) ? Without(own, words, copied) : own;
    }

    private int NumberOf(string word)
    {
        if (!_numbers.TryGetValue(word, out var number))
        {
            _numbers.Add(word, number = _numbers.Count);
        }

        return number;
    }

    private void MarkRuns(int[] numbers, bool[] copied)
    {
        for (var at = 0; at + Run <= numbers.Length; at++)
        {
            if (_runs.Contains(RunAt(numbers, at)))
            {
                copied.AsSpan(at, Run).Fill(true);
            }
        }
    }

    private static void FillGaps(bool[] copied)
    {
        for (var at = 1; at < copied.Length; at++)
        {
            if (copied[at - 1] && !copied[at] && copied.AsSpan(at, Math.Min(LargestGap + 1, copied.Length - at)).IndexOf(true) is > 0 and var gap)
            {
                copied.AsSpan(at, gap).Fill(true);
            }
        }
    }

    private void MarkUnits(List<FoldedWord> words, int[] numbers, string text, bool[] copied)
    {
        foreach (var unit in _units)
        {
            for (var at = 0; at + unit.Length <= numbers.Length; at++)
            {
                if (numbers.AsSpan(at, unit.Length).SequenceEqual(unit)
                    && (at == 0 || copied[at - 1] || IsBreak(words, at, text))
                    && (at + unit.Length == numbers.Length || copied[at + unit.Length] || IsBreak(words, at + unit.Length, text)))
                {
                    copied.AsSpan(at, unit.Length).Fill(true);
                }
            }
        }
    }

    /// <summary>Returns lines and sentences that are too short for a run.</summary>
    private static IEnumerable<int[]> Units(List<FoldedWord> words, int[] numbers, string text)
    {
        var start = 0;
        for (var at = 1; at <= words.Count; at++)
        {
            if (at == words.Count || IsBreak(words, at, text))
            {
                if (at - start is >= ShortestUnit and < Run)
                {
                    yield return numbers[start..at];
                }

                start = at;
            }
        }
    }

    /// <summary>Whether a line, a sentence or a quotation ends before this word.</summary>
    private static bool IsBreak(List<FoldedWord> words, int at, string text) =>
        text.AsSpan(words[at - 1].End, words[at].Start - words[at - 1].End).ContainsAny(".:;!?\n\"\u201c\u201d");

    private static (int, int, int, int, int, int) RunAt(int[] numbers, int at) =>
        (numbers[at], numbers[at + 1], numbers[at + 2], numbers[at + 3], numbers[at + 4], numbers[at + 5]);

    /// <summary>Returns the text with a line break in place of each copy; lines of which only marks are left are removed.</summary>
    private static string Without(string text, List<FoldedWord> words, bool[] copied)
    {
        var kept = new StringBuilder(text.Length);
        var from = 0;
        for (var at = 0; at < copied.Length; at++)
        {
            if (copied[at])
            {
                kept.Append(text, from, words[at].Start - from);
                while (at + 1 < copied.Length && copied[at + 1])
                {
                    at++;
                }

                kept.Append('\n');
                from = words[at].End;
            }
        }

        kept.Append(text, from, text.Length - from);
        var lines = kept.ToString().Split('\n').Where(line => line.Any(char.IsLetterOrDigit));
        return string.Join('\n', lines);
    }
}
