using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Atlas.Domain;
using Atlas.Domain.Json;
using Atlas.Learning.Text;

namespace Atlas.Learning.Drift;

/// <summary>Writes the samples of a window as one text: a state has fifty, is written with every session, and the database
/// would take every number apart.</summary>
/// <remarks>Reads the older form too, an array of objects.</remarks>
internal sealed class RewardSamplesJson : JsonConverter<ImmutableArray<RewardSample>>
{
    private const string Missing = "-";

    public override ImmutableArray<RewardSample> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var value = JsonElement.ParseValue(ref reader);
        return value.ValueKind is JsonValueKind.String
            ? [.. value.GetString()!.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Parse)]
            : [.. value.EnumerateArray().Select(sample => new RewardSample(
                sample.GetProperty("session_id").GetInt64(),
                JsonRead.Number(sample, "score"),
                JsonRead.Number(sample, "uncertainty"),
                JsonRead.Number(sample, "best_uncertainty")))];
    }

    public override void Write(Utf8JsonWriter writer, ImmutableArray<RewardSample> value, JsonSerializerOptions options)
    {
        var text = new CompactText(stackalloc byte[1024]);
        foreach (var sample in value.IsDefault ? [] : value)
        {
            text.Separate(',');
            text.Append(sample.SessionId);
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

    private static RewardSample Parse(string sample)
    {
        var parts = sample.Split(' ');
        return new(long.Parse(parts[0], CultureInfo.InvariantCulture), Figure(parts[1]), Figure(parts[2]), Figure(parts[3]));
    }

    private static double? Figure(string text) => text == Missing ? null : Finite.OrNull(double.Parse(text, CultureInfo.InvariantCulture));
}
