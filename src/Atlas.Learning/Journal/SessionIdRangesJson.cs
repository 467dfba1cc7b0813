using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Atlas.Learning.Text;

namespace Atlas.Learning.Journal;

/// <summary>Writes ranges of ids as one text, <c>3 6 9-12</c>: a state has hundreds, is written with every session, and the
/// database would take every number apart.</summary>
/// <remarks>Reads the older form too, an array of <c>{"first": 9, "last": 12}</c>.</remarks>
internal sealed class SessionIdRangesJson : JsonConverter<ImmutableArray<SessionIdRange>>
{
    public override ImmutableArray<SessionIdRange> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var value = JsonElement.ParseValue(ref reader);
        return value.ValueKind is JsonValueKind.String
            ? [.. value.GetString()!.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Parse)]
            : [.. value.EnumerateArray().Select(range => new SessionIdRange(range.GetProperty("first").GetInt64(), range.GetProperty("last").GetInt64()))];
    }

    public override void Write(Utf8JsonWriter writer, ImmutableArray<SessionIdRange> value, JsonSerializerOptions options)
    {
        var text = new CompactText(stackalloc byte[1024]);
        foreach (var range in value)
        {
            text.Separate(' ');
            text.Append(range.First);
            if (range.Last != range.First)
            {
                text.Separate('-');
                text.Append(range.Last);
            }
        }

        writer.WriteStringValue(text.Written);
    }

    private static SessionIdRange Parse(string range)
    {
        // The second id follows the first hyphen that is no sign.
        var hyphen = range.IndexOf('-', 1);
        return hyphen < 0
            ? new(Number(range), Number(range))
            : new(Number(range.AsSpan(0, hyphen)), Number(range.AsSpan(hyphen + 1)));
    }

    private static long Number(ReadOnlySpan<char> text) => long.Parse(text, CultureInfo.InvariantCulture);
}
