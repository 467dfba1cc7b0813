using System.Collections.Immutable;
using System.Text;

namespace Atlas.Learning.Digest;

/// <summary>Distinct words within a budget of bytes; the earliest ones are kept.</summary>
internal sealed class BoundedWords(int budget)
{
    private readonly HashSet<string> _words = new(StringComparer.Ordinal);
    private int _used;

    public bool Truncated { get; private set; }

    public void AddFrom(string text)
    {
        foreach (var word in PlainWords.In(text))
        {
            if (_words.Contains(word))
            {
                continue;
            }

            var cost = Encoding.UTF8.GetByteCount(word) + 3;
            if (_used + cost > budget)
            {
                Truncated = true;
                continue;
            }

            _used += cost;
            _words.Add(word);
        }
    }

    public ImmutableArray<string> Sorted() => [.. _words.Order(StringComparer.Ordinal)];
}
