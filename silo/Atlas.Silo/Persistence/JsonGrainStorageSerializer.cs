using System.Text.Json;
using Atlas.Learning.Json;
using Atlas.Storage.Json;
using Orleans.Storage;

namespace Atlas.Silo.Persistence;

/// <summary>Writes grain state as the JSON of the wire, so that it is readable in the database and in SQL. What <c>jsonb</c> refuses is taken out.</summary>
internal sealed class JsonGrainStorageSerializer : IGrainStorageSerializer
{
    public BinaryData Serialize<T>(T? input) => BinaryData.FromString(JsonText.Clean(JsonSerializer.Serialize(input, AtlasJson.Options)));

    public T Deserialize<T>(BinaryData input) => JsonSerializer.Deserialize<T>(input, AtlasJson.Options)
        ?? throw new JsonException($"The stored state of a {typeof(T).Name} is the JSON value null; an object was expected.");
}
