using System.Text.Json.Nodes;
using Atlas.Domain.Json;

namespace Atlas.Models.Providers;

/// <summary>Puts data into a prompt between delimiters that nothing inside can close or forge.</summary>
internal static class DelimitedJson
{
    /// <summary>Returns the JSON of a value, on one line, between <c>&lt;tag&gt;</c> and <c>&lt;/tag&gt;</c> on separate lines.</summary>
    public static string Wrap(string tag, JsonNode value) => $"<{tag}>\n{Text(value)}\n</{tag}>";

    /// <summary>Returns JSON without any <c>&lt;</c>, which can only occur in a string, where its escape means the same.</summary>
    public static string Text(JsonNode value) =>
        value.ToJsonString(AtlasJson.Options).Replace("<", "\\u003c", StringComparison.Ordinal);
}
