using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Atlas.Http.Documents;

/// <summary>Describes values that have converters of ours, of which the generator knows nothing.</summary>
internal static class SchemaNames
{
    public static Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellation)
    {
        var declared = context.JsonTypeInfo.Type;
        var type = Nullable.GetUnderlyingType(declared) ?? declared;
        var orNull = type == declared ? default : JsonSchemaType.Null;
        if (type.IsEnum)
        {
            // Where a null may stand instead, the generator says so beside it.
            schema.Type = JsonSchemaType.String;
            schema.Enum = [.. Enum.GetValuesAsUnderlyingType(type).Cast<object>()
                .Select(value => JsonNode.Parse(JsonSerializer.Serialize(Enum.ToObject(type, value), type, ApiJson.Options))!)];
        }
        else if (type == typeof(JsonElement))
        {
            // Anything; with a null beside it a null would fit twice.
            schema.Type = null;
            schema.OneOf = null;
            schema.AnyOf = null;
        }
        else if (type == typeof(double))
        {
            schema.Type = JsonSchemaType.Number | orNull;
            schema.Format = "double";
        }

        return Task.CompletedTask;
    }
}
