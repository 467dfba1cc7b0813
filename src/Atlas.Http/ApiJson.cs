using System.Text.Json;
using System.Text.Json.Serialization;
using Atlas.Domain.Json;

namespace Atlas.Http;

/// <summary>JSON as the API reads and writes it: that of <see cref="AtlasJson"/>, and strict with what callers send.</summary>
internal static class ApiJson
{
    public static JsonSerializerOptions Options { get; } = Create();

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(AtlasJson.Options)
        {
            // A member that is misspelt would be lost in silence.
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
            AllowDuplicateProperties = false,
            RespectNullableAnnotations = true,
            RespectRequiredConstructorParameters = true,
            MaxDepth = 64,
        };
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
