using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;


namespace Atlas.Domain.Json;

/// <summary>How Atlas writes and reads JSON: the names of the wire (snake_case), text as it is, no nulls left out.</summary>
public static class AtlasJson
{
    /// <summary>The one set of serializer options. Enums travel as snake_case text; numbers are finite, see <see cref="Finite"/>.</summary>
    public static JsonSerializerOptions Options { get; } = Create(indented: false);

    /// <summary>The same, indented by two spaces: for people and for files that are reviewed.</summary>
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
