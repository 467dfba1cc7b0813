using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Atlas.Learning.Text;

namespace Atlas.Learning.Journal;

/// <summary>Writes ranges of ids as one text of distances: <c>~3 3 3-2</c> stands for 3, 6 and 9 to 11. A state has hundreds and is written
/// with every session; the database would parse each number separately, and ids are longer than their distances.</summary>
/// <remarks>Also reads the older forms, <c>3 6 9-11</c> and an array of <c>{"first": 9, "last": 11}</c>. No older version takes distances
/// for ids, because it cannot read the tilde.</remarks>
internal sealed class SessionIdRangesJson : JsonConverter<ImmutableArray<SessionIdRange>>
{
    private const char Distances = '~';

    public override ImmutableArray<SessionIdRange> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var value = JsonElement.ParseValue(ref reader);
        return value.ValueKind is not JsonValueKind.String
            ? [.. value.EnumerateArray().Select(range => new SessionIdRange(range.GetProperty("first").GetInt64(), range.GetProperty("last").GetInt64()))]
            : value.GetString()! is [Distances, .. var distances] ? Sum(Split(distances))
            : [.. Split(value.GetString()!).Select(range => Parse(range) is var (first, last) && last is { } end ? new SessionIdRange(first, end) : new(first, first))];
    }

    public override void Write(Utf8JsonWriter writer, ImmutableArray<SessionIdRange> value, JsonSerializerOptions options)
    {
        var text = new CompactText(stackalloc byte[1024]);
        var before = 0L;
        foreach (var range in value)
        {
            text.Append(text.Written.IsEmpty ? Distances : ' ');
            text.Append(unchecked(range.First - before));
            if (range.Last != range.First)
            {
                text.Append('-');
                text.Append(unchecked(range.Last - range.First));
            }

            before = range.Last;
        }

        writer.WriteStringValue(text.Written);
    }

    private static ImmutableArray<SessionIdRange> Sum(string[] distances)
    {
        var ranges = ImmutableArray.CreateBuilder<SessionIdRange>(distances.Length);
        var before = 0L;
        foreach (var distance in distances)
        {
            var (to, length) = Parse(distance);
            var first = unchecked(before + to);
            before = unchecked(first + (length ?? 0));
            ranges.Add(new(first, before));
        }

        return ranges.MoveToImmutable();
    }

    private static string[] Split(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static (long First, long? Second) Parse(string range)
    {
        // The second number follows the first hyphen that is not a sign.
        var hyphen = range.IndexOf('-', 1);
        return hyphen < 0 ? (Number(range), null) : (Number(range.AsSpan(0, hyphen)), Number(range.AsSpan(hyphen + 1)));
    }

    private static long Number(ReadOnlySpan<char> text) => long.Parse(text, CultureInfo.InvariantCulture);
}
