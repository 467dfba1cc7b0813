using System.Buffers;
using System.Collections;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Atlas.Domain.Json;

namespace Atlas.Learning.Redaction;

/// <summary>Removes what must not be stored from texts and JSON, and leaves the kind in its place: <c>[redacted email]</c>.</summary>
public sealed partial class Redactor
{
    private const string SecretMember = "password";

    /// <summary>The depth to which a column of the database is read.</summary>
    private const int MaxDepth = 1024;

    private static readonly List<SensitivePlace> Nothing = [];

    private readonly ImmutableArray<IRedactor> _own;
    private readonly ImmutableArray<Recogniser> _recognisers;

    private Redactor(ImmutableArray<IRedactor> own, ImmutableArray<Recogniser> recognisers) => (_own, _recognisers) = (own, recognisers);

    /// <summary>A redactor that finds nothing.</summary>
    public static Redactor None { get; } = new([], []);

    /// <summary>A redactor with all built-in recognisers.</summary>
    public static Redactor Default { get; } = new([], Recognisers.All);

    /// <summary>The names of the built-in kinds.</summary>
    public static ImmutableArray<string> Kinds { get; } = [.. Recognisers.All.Select(recogniser => recogniser.Kind).Distinct(StringComparer.Ordinal)];

    /// <summary>Creates a redactor from the built-in recognisers, except some, preceded by your own redactors.</summary>
    /// <param name="except">The kinds to leave in texts.</param>
    /// <param name="own">Your own redactors.</param>
    public static Redactor Of(IEnumerable<string> except, IEnumerable<IRedactor> own)
    {
        var left = except.ToHashSet(StringComparer.Ordinal);
        return new([.. own], [.. Recognisers.All.Where(recogniser => !left.Contains(recogniser.Kind))]);
    }

    /// <summary>Returns a text without what was found in it; the same text if nothing was.</summary>
    /// <param name="text">The text.</param>
    /// <param name="found">Called with the kind of each place.</param>
    public string Redact(string text, Action<string>? found = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        var places = Places(text);
        if (places.Count == 0)
        {
            return text;
        }

        var result = new StringBuilder(text.Length);
        var at = 0;
        foreach (var place in places)
        {
            result.Append(text, at, place.Start - at).Append(Mark(place.Kind));
            at = place.Start + place.Length;
            found?.Invoke(place.Kind);
        }

        return result.Append(text, at, text.Length - at).ToString();
    }

    /// <summary>Returns a text without what was found in it, and without placeholders, for callers that count its words.</summary>
    /// <param name="text">The text.</param>
    public string Drop(string text) => AnyMark().Replace(Redact(text), " ");

    /// <summary>Returns a JSON value without what was found in its texts, and without the values of members named like secrets; the same
    /// value if nothing was found.</summary>
    /// <param name="value">The value.</param>
    /// <param name="found">Called with the kind and the path of each place: <c>.payload.data[2].input</c>.</param>
    public JsonElement Redact(JsonElement value, Action<string, string>? found = null)
    {
        if (value.ValueKind is JsonValueKind.Undefined || !MayHold(value) || !Holds(value))
        {
            return value;
        }

        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { MaxDepth = MaxDepth, SkipValidation = true }))
        {
            Write(writer, value, "", found ?? ((_, _) => { }));
        }

        return JsonElement.Parse(buffer.WrittenSpan, new JsonDocumentOptions { MaxDepth = MaxDepth });
    }

    /// <summary>Whether a value is worth reading; only looks at its bytes.</summary>
    private bool MayHold(JsonElement value) => !_own.IsEmpty || (!_recognisers.IsEmpty && ClueFinder.In(value) is not Clues.None);

    /// <summary>Whether anything is found in a value.</summary>
    private bool Holds(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().Any(member => Places(NameOf(member)).Count > 0 || IsSecret(NameOf(member), member.Value) || Holds(member.Value)),
        JsonValueKind.Array => value.EnumerateArray().Any(Holds),
        JsonValueKind.String => MayHold(value) && Places(SafeJson.Text(value)).Count > 0,
        JsonValueKind.Number => MayHold(value) && Places(value.GetRawText()).Count > 0,
        _ => false,
    };

    private void Write(Utf8JsonWriter writer, JsonElement value, string path, Action<string, string> found)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var member in value.EnumerateObject())
                {
                    var name = Redact(NameOf(member), kind => found(kind, path + ".(a name)"));
                    writer.WritePropertyName(name);
                    if (IsSecret(name, member.Value))
                    {
                        found(SecretMember, $"{path}.{name}");
                        writer.WriteStringValue(Mark(SecretMember));
                    }
                    else
                    {
                        Write(writer, member.Value, $"{path}.{name}", found);
                    }
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                var index = 0;
                foreach (var item in value.EnumerateArray())
                {
                    Write(writer, item, FormattableString.Invariant($"{path}[{index++}]"), found);
                }

                writer.WriteEndArray();
                break;
            case JsonValueKind.String or JsonValueKind.Number:
                var text = value.ValueKind is JsonValueKind.String ? SafeJson.Text(value) : value.GetRawText();
                var redacted = Redact(text, kind => found(kind, path));
                if (ReferenceEquals(text, redacted))
                {
                    writer.WriteRawValue(JsonMarshal.GetRawUtf8Value(value), skipInputValidation: true);
                }
                else
                {
                    writer.WriteStringValue(redacted);
                }

                break;
            default:
                value.WriteTo(writer);
                break;
        }
    }

    private static string NameOf(JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair, which no column takes either.
            return Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8PropertyName(member));
        }
    }

    private bool IsSecret(string name, JsonElement value) =>
        value.ValueKind is JsonValueKind.String or JsonValueKind.Number
        && Recognisers.IsSecretName(name)
        && _recognisers.Any(recogniser => recogniser.Kind is SecretMember)
        && (value.ValueKind is JsonValueKind.Number || (SafeJson.Text(value) is { Length: > 0 } text && !text.StartsWith("[redacted ", StringComparison.Ordinal)));

    private static string Mark(string kind) => $"[redacted {kind}]";

    /// <summary>Returns the places in order and without overlaps.</summary>
    private List<SensitivePlace> Places(string text)
    {
        var clues = _recognisers.IsEmpty ? Clues.None : ClueFinder.In(text);
        if (clues is Clues.None && _own.IsEmpty)
        {
            return Nothing;
        }

        List<SensitivePlace> places = [];
        BitArray? taken = null;
        foreach (var place in _own.Concat(_recognisers.Where(recogniser => (recogniser.Clues & clues) != 0)).SelectMany(redactor => Found(redactor, text)))
        {
            if (place.Start < 0 || place.Length <= 0 || place.Length > text.Length - place.Start)
            {
                continue;
            }

            taken ??= new BitArray(text.Length);
            if (Enumerable.Range(place.Start, place.Length).Any(at => taken[at]))
            {
                continue;
            }

            places.Add(place);
            for (var at = 0; at < place.Length; at++)
            {
                taken[place.Start + at] = true;
            }
        }

        places.Sort((one, other) => one.Start.CompareTo(other.Start));
        return places;
    }

    private static List<SensitivePlace> Found(IRedactor redactor, string text)
    {
        try
        {
            return [.. redactor.Find(text)];
        }
        catch (RegexMatchTimeoutException)
        {
            // A text that an expression cannot process is not stored at all.
            return [new SensitivePlace(0, text.Length, "unreadable")];
        }
    }

    [GeneratedRegex(@"\[redacted [a-z0-9_]{1,60}\]", RegexOptions.CultureInvariant)]
    private static partial Regex AnyMark();
}
