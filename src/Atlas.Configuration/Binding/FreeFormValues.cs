using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Atlas.Configuration.Nodes;

namespace Atlas.Configuration.Binding;

/// <summary>Makes JSON of what stands under a free-form key.</summary>
internal static class FreeFormValues
{
    public static JsonElement ToElement(ConfigurationNode node) => JsonSerializer.SerializeToElement(ToJson(node));

    private static JsonNode? ToJson(ConfigurationNode node) => node switch
    {
        MappingNode mapping => new JsonObject(mapping.Entries.Select(entry => KeyValuePair.Create(entry.Name, ToJson(entry.Value)))),
        SequenceNode sequence => new JsonArray([.. sequence.Items.Select(ToJson)]),
        ScalarNode { ScalarKind: ScalarKind.Boolean } scalar => JsonValue.Create(scalar.Text[0] is 't' or 'T'),
        ScalarNode { ScalarKind: ScalarKind.Number } scalar => Number(scalar.Text),
        ScalarNode { ScalarKind: ScalarKind.Null } => null,
        ScalarNode scalar => JsonValue.Create(scalar.Text),
        _ => throw new InvalidOperationException($"A {node.GetType().Name} has no place in a finished tree."),
    };

    private static JsonValue Number(string text)
    {
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole))
        {
            return JsonValue.Create(whole);
        }

        var isNumber = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number);

        // JSON has no infinities; what cannot be said in it stays the text that was written.
        return isNumber ? JsonValue.Create(number) : JsonValue.Create(text)!;
    }
}
