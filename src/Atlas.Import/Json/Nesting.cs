namespace Atlas.Import.Json;

/// <summary>Tracks the brackets and strings of a JSON value.</summary>
internal sealed class Nesting
{
    // Deeper brackets are only counted: a parser refuses such a record anyway.
    private const int Remembered = 1024;
    private readonly byte[] _open = new byte[Remembered];
    private long _depth;

    public bool InString { get; private set; }

    /// <summary>Gets a value indicating whether the last byte of the string escapes the next.</summary>
    public bool IsEscaped { get; private set; }

    /// <summary>Gets a value indicating whether the value is complete.</summary>
    public bool IsClosed => _depth == 0 && !InString;

    public void Reset()
    {
        _depth = 0;
        InString = IsEscaped = false;
    }

    /// <summary>Processes the next byte; returns false if it is an unmatched closing bracket.</summary>
    public bool Take(byte letter)
    {
        if (InString)
        {
            InString = letter != '"' || IsEscaped;
            IsEscaped = letter == '\\' && !IsEscaped;
            return true;
        }

        switch (letter)
        {
            case (byte)'"':
                InString = true;
                break;
            case (byte)'{' or (byte)'[':
                if (_depth < Remembered)
                {
                    _open[_depth] = letter;
                }

                _depth++;
                break;
            case (byte)'}' or (byte)']':
                _depth--;
                return _depth >= 0 && (_depth >= Remembered || _open[_depth] == (letter == '}' ? '{' : '['));
        }

        return true;
    }
}
