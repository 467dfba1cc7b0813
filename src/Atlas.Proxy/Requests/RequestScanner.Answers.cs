using System.Text.Json;

namespace Atlas.Proxy.Requests;

/// <summary>Scanning what a request says about the length of its answers, and their number.</summary>
internal ref partial struct RequestScanner
{
    /// <summary>Reads a positive number; returns null if the value is none.</summary>
    private long? ReadCount()
    {
        _reader.Read();
        long? count = _reader.TokenType is JsonTokenType.Number && _reader.TryGetDouble(out var number) && number >= 1 ? (long)Math.Min(Math.Ceiling(number), ScannedRequest.LongestAnswer) : null;
        _reader.Skip();
        return count;
    }

    /// <summary>Returns how many prompts a value holds, each of which is answered: a list of texts or of lists of tokens. A list of numbers is
    /// one prompt in tokens.</summary>
    private long CountPrompts()
    {
        _reader.Read();
        if (_reader.TokenType is not JsonTokenType.StartArray)
        {
            _reader.Skip();
            return 1;
        }

        var prompts = 0L;
        while (_reader.Read() && _reader.TokenType is not JsonTokenType.EndArray)
        {
            prompts += _reader.TokenType is JsonTokenType.Number ? 0 : 1;
            _reader.Skip();
        }

        return Math.Max(prompts, 1);
    }
}
