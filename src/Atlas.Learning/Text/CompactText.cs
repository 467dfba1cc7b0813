using System.Globalization;

namespace Atlas.Learning.Text;

/// <summary>Puts numbers one after the other as ASCII, without a string for each.</summary>
/// <param name="start">Used as long as it is large enough.</param>
internal ref struct CompactText(Span<byte> start)
{
    // No number takes more: a double has 17 digits, a sign, a point and an exponent.
    private const int LongestNumber = 32;

    private Span<byte> _buffer = start;
    private int _length;

    public readonly ReadOnlySpan<byte> Written => _buffer[.._length];

    /// <summary>Appends a character, unless nothing stands before it.</summary>
    public void Separate(char separator)
    {
        if (_length > 0)
        {
            Room()[0] = (byte)separator;
            _length++;
        }
    }

    public void Append<T>(T number)
        where T : struct, IUtf8SpanFormattable
    {
        number.TryFormat(Room(), out var written, default, CultureInfo.InvariantCulture);
        _length += written;
    }

    /// <param name="text">ASCII, as short as a number.</param>
    public void Append(string text)
    {
        foreach (var character in text)
        {
            Room()[0] = (byte)character;
            _length++;
        }
    }

    private Span<byte> Room()
    {
        if (_buffer.Length - _length < LongestNumber)
        {
            var larger = new byte[Math.Max(2 * _buffer.Length, LongestNumber)];
            _buffer[.._length].CopyTo(larger);
            _buffer = larger;
        }

        return _buffer[_length..];
    }
}
