using System.Text.Json;
using System.Text.Json.Serialization;
using Atlas.Domain.Json;

namespace Atlas.Http;

/// <summary>JSON as the API reads and writes it: the options of <see cref="AtlasJson"/>, but strict about what callers send.</summary>
internal static class ApiJson
{
    public static JsonSerializerOptions Options { get; } = Create();

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(AtlasJson.Options)
        {
            // Otherwise a misspelled member would be silently ignored.
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
