using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Text.Unicode;

namespace Atlas.Import.Json;

/// <summary>Reads the JSON of a record in the dialects that recording tools write.</summary>
/// <remarks>Python's <c>NaN</c> and <c>Infinity</c> are read as null. A lone surrogate, left where a text was cut when it was recorded, is
/// replaced with U+FFFD, as in a running session.</remarks>
internal static partial class RecordText
{
    /// <summary>The maximum nesting; tool arguments in logs are nested deeper than most JSON.</summary>
    public const int DeepestNesting = 256;

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = DeepestNesting, AllowDuplicateProperties = false };

    /// <summary>Reads a record.</summary>
    /// <param name="raw">The record.</param>
    /// <param name="hadNoNumber">Whether a <c>NaN</c> or an infinity was read as null.</param>
    /// <param name="wasMended">Whether a lone surrogate was replaced.</param>
    /// <exception cref="RecordException">The text is not JSON; the message says where.</exception>
    public static JsonDocument Parse(RawRecord raw, out bool hadNoNumber, out bool wasMended)
    {
        var bytes = raw.Bytes;
        hadNoNumber = wasMended = false;
        if (!Utf8.IsValid(bytes.Span))
        {
            bytes = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(bytes.Span));
            wasMended = true;
        }

        if (LiteralRepair.MayBeNeeded(bytes.Span))
        {
            (bytes, hadNoNumber, var halves) = LiteralRepair.Of(bytes.Span);
            wasMended |= halves;
        }

        try
        {
            return JsonDocument.Parse(bytes, Options);
        }
        catch (JsonException e)
        {
            throw new RecordException(Reason(e, raw));
        }
    }

    private static string Reason(JsonException e, RawRecord raw)
    {
        if (e.Message.Contains("depth", StringComparison.OrdinalIgnoreCase))
        {
            return string.Create(CultureInfo.InvariantCulture, $"The record is nested deeper than {DeepestNesting} levels.");
        }

        if (e.Message.Contains("uplicate", StringComparison.Ordinal))
        {
            var name = Quoted().Match(e.Message) is { Success: true } match ? $"'{Printable(match.Groups[1].Value)}'" : "A member";
            return $"{name} occurs twice in one object, so it is ambiguous.";
        }

        var line = raw.Line + (e.LineNumber ?? 0);
        var at = (e.BytePositionInLine ?? 0) + (e.LineNumber is > 0 ? 1 : raw.Column);
        var reason = e.Message.Split(" LineNumber:")[0].Split(" Path:")[0].Trim();
        return string.Create(CultureInfo.InvariantCulture, $"The record is not valid JSON at line {line}, byte {at}: {Printable(reason)}");
    }

    private static string Printable(string text) =>
        string.Concat(text.Take(200).Select(letter => char.IsControl(letter) || char.GetUnicodeCategory(letter) is UnicodeCategory.Format ? '\uFFFD' : letter));

    [GeneratedRegex("'(.{1,80})'", RegexOptions.CultureInvariant)]
    private static partial Regex Quoted();
}
