using System.Globalization;
using System.Text;

namespace Atlas.Learning.Text;

/// <summary>Appends numbers and texts as UTF-8, without a string for each.</summary>
/// <param name="start">The initial buffer, used as long as it is large enough.</param>
internal ref struct CompactText(Span<byte> start)
{
    // No number is longer: a double has 17 digits, a sign, a point and an exponent.
    private const int LongestNumber = 32;

    private Span<byte> _buffer = start;
    private int _length;

    public readonly ReadOnlySpan<byte> Written => _buffer[.._length];

    /// <summary>Appends a separator, unless the text is empty.</summary>
    public void Separate(char separator)
    {
        if (_length > 0)
        {
            Append(separator);
        }
    }

    public void Append<T>(T number)
        where T : struct, IUtf8SpanFormattable
    {
        number.TryFormat(Room(), out var written, default, CultureInfo.InvariantCulture);
        _length += written;
    }

    /// <param name="character">ASCII.</param>
    public void Append(char character)
    {
        Room()[0] = (byte)character;
        _length++;
    }

    /// <param name="text">ASCII.</param>
    public void Append(string text) => _length += Encoding.ASCII.GetBytes(text, Room(text.Length));

    public void Append(ReadOnlySpan<byte> text)
    {
        text.CopyTo(Room(text.Length));
        _length += text.Length;
    }

    public void Clear() => _length = 0;

    private Span<byte> Room(int length = LongestNumber)
    {
        if (_buffer.Length - _length < length)
        {
            var larger = new byte[Math.Max(2 * _buffer.Length, _length + length)];
            _buffer[.._length].CopyTo(larger);
            _buffer = larger;
        }

        return _buffer[_length..];
    }
}
