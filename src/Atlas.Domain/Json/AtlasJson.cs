using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;


namespace Atlas.Domain.Json;

/// <summary>The JSON format of Atlas: snake_case names, unescaped text, nulls included.</summary>
public static class AtlasJson
{
    /// <summary>Gets the shared serializer options. Enums are written as snake_case text; numbers are finite, see <see cref="Finite"/>.</summary>
    public static JsonSerializerOptions Options { get; } = Create(indented: false);

    /// <summary>Gets the same options with an indentation of two spaces, for people and for files under review.</summary>
    public static JsonSerializerOptions Indented { get; } = Create(indented: true);

    private static JsonSerializerOptions Create(bool indented)
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.General)
        {
            PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            WriteIndented = indented,
            AllowOutOfOrderMetadataProperties = true,
            Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower), new FiniteNumber(), new FiniteNumberOrNull() },
        };
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
