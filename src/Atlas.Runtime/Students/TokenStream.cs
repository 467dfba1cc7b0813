using System.Text;
using System.Text.Json.Nodes;
using Atlas.Runtime.Recording;

namespace Atlas.Runtime.Students;

/// <summary>Reports text as it arrives. Observers see every chunk; the records get larger chunks, so that an answer of a thousand tokens
/// does not become a thousand rows.</summary>
internal sealed class TokenStream(EventSpan span, JsonObject facts)
{
    private const int StoredSize = 512;

    private readonly StringBuilder _unstored = new();
    private int _storedWords;
    private int _words;

    /// <summary>Gets the number of chunks that arrived.</summary>
    public int Chunks { get; private set; }

    public void Add(string text)
    {
        if (text.Length == 0)
        {
            return;
        }

        Chunks++;
        var words = Words(text);
        _words += words;
        span.Chunk(Piece(text, words), facts, stored: false);
        _unstored.Append(text);
        if (_unstored.Length >= StoredSize)
        {
            Store();
        }
    }

    public void End()
    {
        if (_unstored.Length > 0)
        {
            Store();
        }
    }

    /// <summary>Counts the words of a text, at least one: roughly its tokens.</summary>
    public static int Words(string text) => Math.Max(1, text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length);

    private void Store()
    {
        span.Chunk(Piece(_unstored.ToString(), _words - _storedWords), facts, shown: false);
        _storedWords = _words;
        _unstored.Clear();
    }

    private JsonObject Piece(string text, int words) => new()
    {
        ["text"] = text,
        ["token_counts"] = new JsonObject { ["incremental"] = words, ["accumulated"] = _words },
    };
}
