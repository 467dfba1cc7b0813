using System.Globalization;
using System.Text.Json;
using Atlas.Configuration.Checking;
using Atlas.Configuration.Nodes;
using Atlas.Configuration.Schema;

namespace Atlas.Configuration.Binding;

/// <summary>Converts scalars the forgiving way: numeric text is a number, <c>"true"</c> is true, a whole number is a number.</summary>
internal static class ScalarConversion
{
    /// <summary>The value, or null with the complaint that goes on after the path.</summary>
    public static object? Convert(ValueSchema schema, ConfigurationNode node, bool isSecret, out string? complaint)
    {
        var value = node is ScalarNode scalar ? Convert(schema, scalar) : null;
        complaint = value is null ? Complaint(schema, node, isSecret) : null;
        return value;
    }

    private static object? Convert(ValueSchema schema, ScalarNode scalar) => schema switch
    {
        TextSchema => scalar.ScalarKind == ScalarKind.Text ? scalar.Text : null,
        BooleanSchema => Boolean(scalar),
        NumberSchema number => Number(number, scalar),
        ChoiceSchema choices when scalar.ScalarKind == ScalarKind.Text =>
            choices.Choices.FirstOrDefault(choice => choice.Key == scalar.Text).Value,
        _ => null,
    };

    private static object? Boolean(ScalarNode scalar) => scalar.Text.Trim().ToLowerInvariant() switch
    {
        "true" or "yes" or "on" or "1" => true,
        "false" or "no" or "off" or "0" => false,
        _ => null,
    };

    private static object? Number(NumberSchema schema, ScalarNode scalar)
    {
        if (scalar.ScalarKind is not (ScalarKind.Number or ScalarKind.Text)
            || !double.TryParse(scalar.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            || !double.IsFinite(number)
            || number < schema.Minimum
            || number > schema.Maximum)
        {
            return null;
        }

        if (!schema.Whole)
        {
            return number;
        }

        return number == Math.Floor(number) && Math.Abs(number) <= int.MaxValue ? (int)number : null;
    }

    private static string Complaint(ValueSchema schema, ConfigurationNode node, bool isSecret)
    {
        var hint = schema is TextSchema && node is ScalarNode { ScalarKind: ScalarKind.Number or ScalarKind.Boolean } ? "; put it in quotes" : "";
        if (schema is ChoiceSchema choices && node is ScalarNode { ScalarKind: ScalarKind.Text } word
            && Suggestion.For(word.Text, choices.Choices.Select(choice => choice.Key)) is { } near)
        {
            hint = $"; did you mean {near}?";
        }

        return $"is {Display(node, isSecret)}, but must be {schema.Expectation}{hint}{(hint.EndsWith('?') ? "" : ".")}";
    }

    private static string Display(ConfigurationNode node, bool isSecret) => node switch
    {
        ScalarNode { ScalarKind: ScalarKind.Null } => "empty",
        ScalarNode when isSecret => Secrets.Mask,
        ScalarNode { ScalarKind: ScalarKind.Text } text => Quote(text.Text),
        ScalarNode scalar => scalar.Text,
        _ => node.Kind,
    };

    /// <summary>The text in quotes, shortened and without secrets.</summary>
    public static string Quote(string text)
    {
        text = Secrets.MaskText(text);
        return JsonSerializer.Serialize(text.Length > 80 ? text[..80] + "…" : text, QuoteOptions);
    }

    private static readonly JsonSerializerOptions QuoteOptions = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
