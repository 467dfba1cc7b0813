using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Atlas.Learning.Evidence;

/// <summary>Writes evidence as four short texts, because the database would take every number apart:
/// <c>{"help": "a b c d", "harm": "a b c d", "sums": "weight score shown held squares", "counts": "500:31/29 900:12/3"}</c>.</summary>
internal sealed class TrialEvidenceJson : JsonConverter<TrialEvidence>
{
    public override TrialEvidence Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var value = JsonElement.ParseValue(ref reader);
        var up = Numbers(value, "help", 4);
        var down = Numbers(value, "harm", 4);
        var sums = Numbers(value, "sums", 5);
        return new TrialEvidence
        {
            Up = new(up[0], up[1], up[2], up[3]),
            Down = new(down[0], down[1], down[2], down[3]),
            WeightSum = sums[0],
            ScoreSum = sums[1],
            ShownSum = sums[2],
            HeldSum = sums[3],
            SquareSum = sums[4],
            Counts = ShareCounts.Of(Parts(value, "counts").Select(Count)),
        };
    }

    public override void Write(Utf8JsonWriter writer, TrialEvidence value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteString("help", Text(value.Up.Bet1, value.Up.Bet2, value.Up.Bet3, value.Up.Bet4));
        writer.WriteString("harm", Text(value.Down.Bet1, value.Down.Bet2, value.Down.Bet3, value.Down.Bet4));
        writer.WriteString("sums", Text(value.WeightSum, value.ScoreSum, value.ShownSum, value.HeldSum, value.SquareSum));
        writer.WriteString("counts", string.Join(' ', value.Counts.Groups.Select(group => string.Create(CultureInfo.InvariantCulture, $"{group.Step}:{group.Shown}/{group.Held}"))));
        writer.WriteEndObject();
    }

    /// <summary>Formats a number without trailing zeros, so that equal sums give equal texts.</summary>
    internal static string Text(decimal number)
    {
        var text = number.ToString(CultureInfo.InvariantCulture);
        return number == 0 ? "0" : text.Contains('.', StringComparison.Ordinal) ? text.TrimEnd('0').TrimEnd('.') : text;
    }

    internal static decimal Number(string text) => decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
        ? number
        : throw new JsonException($"A part of the stored evidence should be a number and is a text of {text.Length} characters.");

    private static string Text(params ReadOnlySpan<decimal> numbers)
    {
        var texts = new string[numbers.Length];
        for (var i = 0; i < texts.Length; i++)
        {
            texts[i] = Text(numbers[i]);
        }

        return string.Join(' ', texts);
    }

    private static decimal[] Numbers(JsonElement value, string name, int count)
    {
        var numbers = Parts(value, name).Select(Number).ToArray();
        return numbers.Length == count ? numbers : throw new JsonException($"The stored evidence has {numbers.Length} numbers in \"{name}\"; expected {count}.");
    }

    private static string[] Parts(JsonElement value, string name) =>
        value.ValueKind is JsonValueKind.Object && value.TryGetProperty(name, out var text) && text.ValueKind is JsonValueKind.String
            ? text.GetString()!.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            : throw new JsonException($"The stored evidence has no text \"{name}\".");

    private static ShareCount Count(string text) => text.Split(':', '/') is [var step, var shown, var held]
        ? new((int)Number(step), (long)Number(shown), (long)Number(held))
        : throw new JsonException("A count in the stored evidence does not have the form 500:31/29.");
}
