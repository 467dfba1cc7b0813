using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Atlas.Domain.Json;
using Atlas.Domain.Playbooks;
using Atlas.Learning.Text;

namespace Atlas.Learning.Journal;

/// <summary>The impact of each entry of a playbook, in the order of its entries; null for an entry without one.</summary>
/// <remarks>The JSON form is <c>{"figures": ["[12, …]", null, …]}</c>: for each entry a text that is an array of <see cref="Columns"/>,
/// because this is written with every session, and the database would parse each figure separately. It is the array itself if it contains
/// anything to escape, or figures beyond the columns, which follow them as an object. <c>orleans.entries_with_impacts</c> reads it in SQL. The older form has arrays only, and the names of
/// their columns; it is read too.</remarks>
[JsonConverter(typeof(Converter))]
public readonly record struct ImpactTable(ImmutableArray<EntryImpact?> OfEntries)
{
    // The same as orleans.impact_columns. Never reorder; what is new follows at the end, or in the object of further figures.
    private static readonly string[] Columns =
    [
        "sessions_observed", "sessions_with_hits", "sessions_without_hits", "total_cue_hits", "total_adoptions",
        "successful_adoptions", "failed_adoptions", "reward_with_sum", "reward_with_count", "reward_without_sum",
        "reward_without_count", "tokens_with_sum", "tokens_with_count", "tokens_without_sum", "tokens_without_count",
        "incident_ids", "incident_tags", "retry_sum", "retry_samples", "failure_events", "first_observed_at", "last_observed_at",
    ];

    /// <summary>Appends the figures of an entry: as a text that is an array, or as the array if it contains anything that a text within a
    /// text would have to escape. By hand, because with a second writer this takes longer than the rest of a state.</summary>
    private static void Append(ref CompactText text, EntryImpact impact, JsonSerializerOptions options)
    {
        var isText = IsPlain(impact);
        text.Append(isText ? "\"[" : "[");
        text.Append(impact.SessionsObserved);
        Figure(ref text, impact.SessionsWithHits);
        Figure(ref text, impact.SessionsWithoutHits);
        Figure(ref text, impact.TotalCueHits);
        Figure(ref text, impact.TotalAdoptions);
        Figure(ref text, impact.SuccessfulAdoptions);
        Figure(ref text, impact.FailedAdoptions);
        Figure(ref text, impact.RewardWithSum);
        Figure(ref text, impact.RewardWithCount);
        Figure(ref text, impact.RewardWithoutSum);
        Figure(ref text, impact.RewardWithoutCount);
        Figure(ref text, impact.TokensWithSum);
        Figure(ref text, impact.TokensWithCount);
        Figure(ref text, impact.TokensWithoutSum);
        Figure(ref text, impact.TokensWithoutCount);
        Texts(ref text, impact.IncidentIds, isText);
        Texts(ref text, impact.IncidentTags, isText);
        Figure(ref text, impact.RetrySum);
        Figure(ref text, impact.RetrySamples);
        Figure(ref text, impact.FailureEvents);
        text.Append(',');
        Text(ref text, impact.FirstObservedAt, isText);
        text.Append(',');
        Text(ref text, impact.LastObservedAt, isText);
        if (impact.Extra is { Count: > 0 } extra)
        {
            text.Append(',');
            text.Append(JsonSerializer.SerializeToUtf8Bytes(extra, options));
        }

        text.Append(isText ? "]\"" : "]");
    }

    private static bool IsPlain(EntryImpact impact) =>
        impact.Extra is not { Count: > 0 } && IsPlain(impact.FirstObservedAt) && IsPlain(impact.LastObservedAt) && IsPlain(impact.IncidentIds) && IsPlain(impact.IncidentTags);

    private static bool IsPlain(ImmutableArray<string> texts)
    {
        foreach (var text in texts.IsDefault ? [] : texts)
        {
            if (!IsPlain(text))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsPlain(string? text) => !text.AsSpan().ContainsAnyExceptInRange(' ', '~') && !text.AsSpan().ContainsAny('"', '\\');

    private static void Figure<T>(ref CompactText text, T figure)
        where T : struct, IUtf8SpanFormattable
    {
        text.Append(',');
        text.Append(figure);
    }

    private static void Texts(ref CompactText text, ImmutableArray<string> texts, bool isText)
    {
        text.Append(",[");
        var isFirst = true;
        foreach (var one in texts.IsDefault ? [] : texts)
        {
            text.Append(isFirst ? "" : ",");
            isFirst = false;
            Text(ref text, one, isText);
        }

        text.Append(']');
    }

    private static void Text(ref CompactText text, string? value, bool isText)
    {
        if (value is null || !isText)
        {
            text.Append(JsonSerializer.SerializeToUtf8Bytes(value, AtlasJson.Options));
            return;
        }

        text.Append("\\\"");
        text.Append(value);
        text.Append("\\\"");
    }

    private static EntryImpact? Read(JsonElement figures, string[] columns, JsonSerializerOptions options)
    {
        if (figures.ValueKind is JsonValueKind.Null)
        {
            return null;
        }

        if (figures.ValueKind is JsonValueKind.String)
        {
            return Read(JsonElement.Parse(figures.GetString()!), columns, options);
        }

        // Set by name, so that figures unknown to this version become additional ones.
        var named = new JsonObject();
        foreach (var (value, place) in figures.EnumerateArray().Select((value, place) => (value, place)))
        {
            if (place < columns.Length)
            {
                named[columns[place]] = JsonSerializer.SerializeToNode(value);
                continue;
            }

            foreach (var extra in value.EnumerateObject())
            {
                named[extra.Name] = JsonSerializer.SerializeToNode(extra.Value);
            }
        }

        return named.Deserialize<EntryImpact>(options);
    }

    private sealed class Converter : JsonConverter<ImpactTable>
    {
        public override ImpactTable Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var table = JsonElement.ParseValue(ref reader);
            var columns = table.TryGetProperty("columns", out var names) ? [.. names.EnumerateArray().Select(name => name.GetString()!)] : Columns;
            return new([.. table.GetProperty("figures").EnumerateArray().Select(figures => ImpactTable.Read(figures, columns, options))]);
        }

        public override void Write(Utf8JsonWriter writer, ImpactTable value, JsonSerializerOptions options)
        {
            var text = new CompactText(stackalloc byte[1024]);
            writer.WriteStartObject();
            writer.WriteStartArray("figures");
            foreach (var impact in value.OfEntries)
            {
                if (impact is null)
                {
                    writer.WriteNullValue();
                }
                else
                {
                    text.Clear();
                    Append(ref text, impact, options);
                    writer.WriteRawValue(text.Written, skipInputValidation: true);
                }
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }
    }
}
