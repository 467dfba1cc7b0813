using System.Text;
using System.Text.Json;
using Atlas.Domain.Json;
using Atlas.Storage.Json;
using Orleans.Storage;

namespace Atlas.Hosting.Persistence;

/// <summary>Serializes grain state as JSON in the wire format, so that it is readable in the database and in SQL.</summary>
/// <remarks>Of everything that <c>jsonb</c> refuses, the serializer only lets an escaped NUL through. Only text that contains one is
/// cleaned, which saves a pass over all other text.</remarks>
internal sealed class JsonGrainStorageSerializer : IGrainStorageSerializer
{
    private static ReadOnlySpan<byte> EscapedNul => "\\u0000"u8;

    public BinaryData Serialize<T>(T? input)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(input, AtlasJson.Options);
        return json.AsSpan().IndexOf(EscapedNul) < 0
            ? new BinaryData(json)
            : BinaryData.FromString(StorableText.Json(Encoding.UTF8.GetString(json)));
    }

    public T Deserialize<T>(BinaryData input) => JsonSerializer.Deserialize<T>(input, AtlasJson.Options)
        ?? throw new JsonException($"The stored state of a {typeof(T).Name} is the JSON value null; an object was expected.");
}
