using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Atlas.Domain.Playbooks;

namespace Atlas.Learning.Journal;

/// <summary>What was counted of each entry of a playbook, in the order of its entries; null for an entry that never was.</summary>
/// <remarks>As JSON: <c>{"columns": ["sessions_observed", …], "figures": [[12, …], null, …]}</c>. The names stand there once
/// and not with every entry, because this is written with every session. What an impact has beyond the columns comes after
/// them, as an object. <c>orleans.entries_with_impacts</c> reads it in SQL.</remarks>
[JsonConverter(typeof(Converter))]
public readonly record struct ImpactTable(ImmutableArray<EntryImpact?> OfEntries)
{
    private static readonly string[] Columns =
    [
        "sessions_observed", "sessions_with_hits", "sessions_without_hits", "total_cue_hits", "total_adoptions",
        "successful_adoptions", "failed_adoptions", "reward_with_sum", "reward_with_count", "reward_without_sum",
        "reward_without_count", "tokens_with_sum", "tokens_with_count", "tokens_without_sum", "tokens_without_count",
        "incident_ids", "incident_tags", "retry_sum", "retry_samples", "failure_events", "first_observed_at", "last_observed_at",
    ];

    private static void WriteFigures(Utf8JsonWriter writer, EntryImpact impact, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        writer.WriteNumberValue(impact.SessionsObserved);
        writer.WriteNumberValue(impact.SessionsWithHits);
        writer.WriteNumberValue(impact.SessionsWithoutHits);
        writer.WriteNumberValue(impact.TotalCueHits);
        writer.WriteNumberValue(impact.TotalAdoptions);
        writer.WriteNumberValue(impact.SuccessfulAdoptions);
        writer.WriteNumberValue(impact.FailedAdoptions);
        writer.WriteNumberValue(impact.RewardWithSum);
        writer.WriteNumberValue(impact.RewardWithCount);
        writer.WriteNumberValue(impact.RewardWithoutSum);
        writer.WriteNumberValue(impact.RewardWithoutCount);
        writer.WriteNumberValue(impact.TokensWithSum);
        writer.WriteNumberValue(impact.TokensWithCount);
        writer.WriteNumberValue(impact.TokensWithoutSum);
        writer.WriteNumberValue(impact.TokensWithoutCount);
        WriteTexts(writer, impact.IncidentIds);
        WriteTexts(writer, impact.IncidentTags);
        writer.WriteNumberValue(impact.RetrySum);
        writer.WriteNumberValue(impact.RetrySamples);
        writer.WriteNumberValue(impact.FailureEvents);
        writer.WriteStringValue(impact.FirstObservedAt);
        writer.WriteStringValue(impact.LastObservedAt);
        if (impact.Extra is { Count: > 0 } extra)
        {
            JsonSerializer.Serialize(writer, extra, options);
        }

        writer.WriteEndArray();
    }

    private static void WriteTexts(Utf8JsonWriter writer, ImmutableArray<string> texts)
    {
        writer.WriteStartArray();
        foreach (var text in texts.IsDefault ? [] : texts)
        {
            writer.WriteStringValue(text);
        }

        writer.WriteEndArray();
    }

    private static EntryImpact? Read(JsonElement figures, string[] columns, JsonSerializerOptions options)
    {
        if (figures.ValueKind is JsonValueKind.Null)
        {
            return null;
        }

        // By name, so that figures which this version does not know go into the impact's extra ones.
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
            var columns = table.GetProperty("columns").EnumerateArray().Select(name => name.GetString()!).ToArray();
            return new([.. table.GetProperty("figures").EnumerateArray().Select(figures => ImpactTable.Read(figures, columns, options))]);
        }

        public override void Write(Utf8JsonWriter writer, ImpactTable value, JsonSerializerOptions options)
        {
            writer.WriteStartObject();
            writer.WriteStartArray("columns");
            foreach (var column in Columns)
            {
                writer.WriteStringValue(column);
            }

            writer.WriteEndArray();
            writer.WriteStartArray("figures");
            foreach (var impact in value.OfEntries)
            {
                if (impact is null)
                {
                    writer.WriteNullValue();
                }
                else
                {
                    WriteFigures(writer, impact, options);
                }
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }
    }
}
