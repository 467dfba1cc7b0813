using System.Text;
using System.Text.Json;

namespace Atlas.Models.Embeddings;

/// <summary>Splits a text into the most probable pieces of the sentence encoder's vocabulary.</summary>
/// <remarks>A unigram model: of all ways to split the text, the one with the largest sum of the pieces' scores, found from left to right.</remarks>
internal sealed class SentencePieces
{
    private const int Reserved = 6;
    private const char Separator = '\u2581';

    private readonly Dictionary<string, (int Id, double Score)> _pieces = new(StringComparer.Ordinal);
    private readonly int _longest;

    /// <param name="vocabulary">A list of pairs of piece and score; the index is the id. A null score counts as 0.</param>
    public SentencePieces(JsonElement vocabulary)
    {
        var id = 0;
        foreach (var pair in vocabulary.EnumerateArray())
        {
            if (id >= Reserved && pair[0].GetString() is { Length: > 0 } piece)
            {
                _pieces[piece] = (id, pair[1].ValueKind is JsonValueKind.Number ? pair[1].GetDouble() : 0);
                _longest = Math.Max(_longest, piece.Length);
            }

            id++;
        }
    }

    /// <summary>Returns the ids of the pieces. Text without a piece is 0, once per run.</summary>
    public List<int> Ids(string text)
    {
        var symbols = Separator + WellFormed(text).Normalize(NormalizationForm.FormKC).Replace(' ', Separator);
        if (symbols.Length == 1)
        {
            return [];
        }

        var best = new double[symbols.Length + 1];
        var cut = new (int From, int Id)[symbols.Length + 1];
        Array.Fill(best, double.NegativeInfinity);
        best[0] = 0;
        for (var from = 0; from < symbols.Length; from++)
        {
            if (double.IsNegativeInfinity(best[from]))
            {
                continue;
            }

            var found = false;
            for (var length = 1; length <= _longest && from + length <= symbols.Length; length++)
            {
                if (_pieces.TryGetValue(symbols.Substring(from, length), out var piece))
                {
                    found = true;
                    Offer(from, from + length, piece.Id, best[from] + piece.Score);
                }
            }

            if (!found)
            {
                Offer(from, from + Step(symbols, from), 0, best[from]);
            }
        }

        return Walked(cut, symbols.Length);

        void Offer(int from, int to, int id, double score)
        {
            if (score >= best[to])
            {
                (best[to], cut[to]) = (score, (from, id));
            }
        }
    }

    private static List<int> Walked((int From, int Id)[] cut, int end)
    {
        var ids = new List<int>();
        for (var at = end; at > 0; at = cut[at].From)
        {
            if (cut[at].Id != 0 || ids.Count == 0 || ids[^1] != 0)
            {
                ids.Add(cut[at].Id);
            }
        }

        ids.Reverse();
        return ids;
    }

    private static int Step(string text, int at) => char.IsHighSurrogate(text[at]) && at + 1 < text.Length ? 2 : 1;

    // A lone surrogate cannot be normalized.
    private static string WellFormed(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}
