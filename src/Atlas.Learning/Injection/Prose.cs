using System.Text.RegularExpressions;
using Atlas.Learning.Text;

namespace Atlas.Learning.Injection;

/// <summary>A text, parsed once for comparison with every entry: its words, their positions, and its sentences.</summary>
/// <remarks>A long preface has thousands of words and a playbook hundreds of entries, so the text is not parsed per entry.</remarks>
internal sealed partial class Prose
{
    private readonly List<FoldedWord> _words;
    private readonly List<Sentence> _sentences = [];
    private readonly ILookup<string, int> _places;

    /// <summary>By word: the index of its sentence.</summary>
    private readonly int[] _sentenceOf;

    public Prose(string text)
    {
        _words = FoldedWords.Of(text);
        _places = Enumerable.Range(0, _words.Count).ToLookup(at => _words[at].Text, StringComparer.Ordinal);
        _sentenceOf = new int[_words.Count];
        var (start, word) = (0, 0);
        foreach (Match end in SentenceEnd().Matches(text))
        {
            Add(end.Index + end.Length);
        }

        Add(text.Length);

        void Add(int end)
        {
            if (end <= start)
            {
                return;
            }

            var telling = new HashSet<string>(StringComparer.Ordinal);
            for (; word < _words.Count && _words[word].Start < end; word++)
            {
                _sentenceOf[word] = _sentences.Count;
                if (IsTelling(_words[word].Text))
                {
                    telling.Add(_words[word].Text);
                }
            }

            // A line that begins with other words keeps its line break.
            var length = start == 0 || text[start - 1] == '\n' ? end - start : text.AsSpan(start, end - start).TrimEnd('\n').Length;
            _sentences.Add(new Sentence(start, length, telling));
            start = end;
        }
    }

    /// <summary>The sentences in order.</summary>
    public IReadOnlyList<Sentence> Sentences => _sentences;

    /// <summary>Whether a word distinguishes sentences; short words occur in all of them.</summary>
    public static bool IsTelling(string word) => word.Length > 3 || word.Any(char.IsDigit);

    /// <summary>Returns the sentences in which these words follow one another; a run across a sentence boundary is in both.</summary>
    public IEnumerable<Sentence> With(string[] run) =>
        from at in _places[run[0]]
        where IsAt(at, run)
        from index in Enumerable.Range(_sentenceOf[at], _sentenceOf[at + run.Length - 1] - _sentenceOf[at] + 1)
        select _sentences[index];

    private bool IsAt(int at, string[] run)
    {
        if (at + run.Length > _words.Count)
        {
            return false;
        }

        for (var index = 1; index < run.Length; index++)
        {
            if (_words[at + index].Text != run[index])
            {
                return false;
            }
        }

        return true;
    }

    // The dot after a list number does not end a sentence.
    [GeneratedRegex(@"(?:(?<!^[ \t]*\d{1,3})[.!?\u3002\u2026][""'\u201d\u2019)\]]*(?:\s+|\z))|\n+", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex SentenceEnd();

    /// <summary>The position of a sentence in its text, and its distinguishing words. Compared by reference.</summary>
    internal sealed class Sentence(int start, int length, HashSet<string> telling)
    {
        public int Start => start;

        public int Length => length;

        public HashSet<string> Telling => telling;
    }
}
