using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Atlas.Learning.Text;

namespace Atlas.Learning.Evidence;

/// <summary>Writes the bounds in force as one text of numbers, in the order of <see cref="EvidenceOptions"/>. A state has them and is written
/// with every session; the database would parse each name and number separately.</summary>
/// <remarks>Also reads the object of older states. Numbers that are missing at the end have their defaults, so what is new is added
/// there.</remarks>
internal sealed class EvidenceRulesJson : JsonConverter<EvidenceOptions>
{
    public override EvidenceOptions? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType is not JsonTokenType.String)
        {
            return JsonSerializer.Deserialize<EvidenceOptions>(ref reader, options);
        }

        var numbers = reader.GetString()!.Split(' ');
        var place = 0;
        var defaults = new EvidenceOptions();
        var rules = new EvidenceOptions
        {
            Enabled = Next(defaults.Enabled ? 1 : 0) != 0,
            ProvisionalShare = Next(defaults.ProvisionalShare),
            ToleratedShare = Next(defaults.ToleratedShare),
            ActiveShare = Next(defaults.ActiveShare),
            Suspect = Next(defaults.Suspect),
            Withdraw = Next(defaults.Withdraw),
            Prove = Next(defaults.Prove),
            Margin = Next(defaults.Margin),
            HoldoutShare = Next(defaults.HoldoutShare),
            CanaryShare = Next(defaults.CanaryShare),
            CanarySessions = (int)Next(defaults.CanarySessions),
            Kappa = Next(defaults.Kappa),
            MaxOnTrial = (int)Next(defaults.MaxOnTrial),
            AlarmLimit = Next(defaults.AlarmLimit),
            AlarmSlack = Next(defaults.AlarmSlack),
            AlarmReference = (int)Next(defaults.AlarmReference),
        };
        return place >= numbers.Length ? rules : throw new JsonException($"The stored bounds of trials have {numbers.Length} numbers; expected at most {place}.");

        double Next(double missing) => place++ >= numbers.Length ? missing
            : double.TryParse(numbers[place - 1], NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number
            : throw new JsonException("A part of the stored bounds of trials should be a number and is not.");
    }

    public override void Write(Utf8JsonWriter writer, EvidenceOptions value, JsonSerializerOptions options)
    {
        var text = new CompactText(stackalloc byte[256]);
        text.Append(value.Enabled ? 1 : 0);
        foreach (var number in (ReadOnlySpan<double>)
        [
            value.ProvisionalShare, value.ToleratedShare, value.ActiveShare, value.Suspect, value.Withdraw, value.Prove, value.Margin,
            value.HoldoutShare, value.CanaryShare, value.CanarySessions, value.Kappa, value.MaxOnTrial, value.AlarmLimit, value.AlarmSlack,
            value.AlarmReference,
        ])
        {
            text.Append(' ');
            text.Append(number);
        }

        writer.WriteStringValue(text.Written);
    }
}
