using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Atlas.Domain;
using Atlas.Domain.Json;
using Atlas.Learning.Text;

namespace Atlas.Learning.Drift;

/// <summary>Writes the samples of a window as one text, the sessions by their distances. A state has fifty samples and is written with every
/// session, and the database would parse each number separately.</summary>
/// <remarks>Also reads the older forms, a text with the sessions' ids and an array of objects. No older version takes distances for ids,
/// because it cannot read the tilde.</remarks>
internal sealed class RewardSamplesJson : JsonConverter<ImmutableArray<RewardSample>>
{
    private const char Distances = '~';
    private const string Missing = "-";

    public override ImmutableArray<RewardSample> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var value = JsonElement.ParseValue(ref reader);
        return value.ValueKind is JsonValueKind.String ? Parse(value.GetString()!)
            : [.. value.EnumerateArray().Select(sample => new RewardSample(
                sample.GetProperty("session_id").GetInt64(),
                JsonRead.Number(sample, "score"),
                JsonRead.Number(sample, "uncertainty"),
                JsonRead.Number(sample, "best_uncertainty")))];
    }

    public override void Write(Utf8JsonWriter writer, ImmutableArray<RewardSample> value, JsonSerializerOptions options)
    {
        var text = new CompactText(stackalloc byte[1024]);
        var before = 0L;
        foreach (var sample in value.IsDefault ? [] : value)
        {
            text.Append(text.Written.IsEmpty ? Distances : ',');
            text.Append(unchecked(sample.SessionId - before));
            before = sample.SessionId;
            Append(ref text, sample.Score);
            Append(ref text, sample.Uncertainty);
            Append(ref text, sample.BestUncertainty);
        }

        writer.WriteStringValue(text.Written);
    }

    private static void Append(ref CompactText text, double? figure)
    {
        text.Separate(' ');
        if (Finite.OrNull(figure) is { } number)
        {
            text.Append(number);
        }
        else
        {
            text.Append(Missing);
        }
    }

    private static ImmutableArray<RewardSample> Parse(string text)
    {
        var areDistances = text is [Distances, ..];
        var before = 0L;
        var samples = ImmutableArray.CreateBuilder<RewardSample>();
        foreach (var sample in text[(areDistances ? 1 : 0)..].Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = sample.Split(' ');
            var number = long.Parse(parts[0], CultureInfo.InvariantCulture);
            before = areDistances ? unchecked(before + number) : number;
            samples.Add(new(before, Figure(parts[1]), Figure(parts[2]), Figure(parts[3])));
        }

        return samples.DrainToImmutable();
    }

    private static double? Figure(string text) => text == Missing ? null : Finite.OrNull(double.Parse(text, CultureInfo.InvariantCulture));
}
