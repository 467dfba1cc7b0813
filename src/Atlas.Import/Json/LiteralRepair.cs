using System.Buffers;
using System.Globalization;

namespace Atlas.Import.Json;

/// <summary>Replaces <c>NaN</c>, <c>Infinity</c> and <c>-Infinity</c> with null, and escaped lone surrogates with U+FFFD.</summary>
internal static class LiteralRepair
{
    private static readonly byte[][] NoNumbers = [.. new[] { "-Infinity", "Infinity", "-NaN", "NaN" }.Select(System.Text.Encoding.ASCII.GetBytes)];

    public static bool MayBeNeeded(ReadOnlySpan<byte> json) =>
        json.IndexOf("NaN"u8) >= 0 || json.IndexOf("Infinity"u8) >= 0 || json.IndexOf("\\ud"u8) >= 0 || json.IndexOf("\\uD"u8) >= 0;

    public static (byte[] Json, bool HadNoNumber, bool HadHalves) Of(ReadOnlySpan<byte> json)
    {
        var output = new ArrayBufferWriter<byte>(json.Length + 16);
        var (inString, hadNoNumber, hadHalves) = (false, false, false);
        for (var at = 0; at < json.Length;)
        {
            var length = 1;
            if (!inString && NoNumber(json[at..]) is var found and > 0)
            {
                output.Write("null"u8);
                hadNoNumber = true;
                at += found;
                continue;
            }

            if (json[at] == '"')
            {
                inString = !inString;
            }
            else if (inString && json[at] == '\\')
            {
                var unit = Unit(json[at..]);
                var isPair = unit is >= 0xD800 and <= 0xDBFF && Unit(json[Math.Min(at + 6, json.Length)..]) is >= 0xDC00 and <= 0xDFFF;
                if (unit is >= 0xD800 and <= 0xDFFF && !isPair)
                {
                    output.Write("\\ufffd"u8);
                    hadHalves = true;
                    at += 6;
                    continue;
                }

                length = Math.Min(isPair ? 12 : 2, json.Length - at);
            }

            output.Write(json.Slice(at, length));
            at += length;
        }

        return (output.WrittenSpan.ToArray(), hadNoNumber, hadHalves);
    }

    private static int NoNumber(ReadOnlySpan<byte> json)
    {
        foreach (var literal in NoNumbers)
        {
            if (json.StartsWith(literal))
            {
                return literal.Length;
            }
        }

        return 0;
    }

    /// <summary>Returns the code unit of <c>\uXXXX</c> at the beginning; −1 if there is none.</summary>
    private static int Unit(ReadOnlySpan<byte> json) =>
        json.Length >= 6 && json[0] == '\\' && json[1] == 'u'
        && int.TryParse(json.Slice(2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit) ? unit : -1;
}
