using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Atlas.Http.Documents;

/// <summary>Describes values with converters of Atlas, which the generator knows nothing about.</summary>
internal static class SchemaNames
{
    public static Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellation)
    {
        var declared = context.JsonTypeInfo.Type;
        var type = Nullable.GetUnderlyingType(declared) ?? declared;
        var orNull = type == declared ? default : JsonSchemaType.Null;
        if (type.IsEnum)
        {
            // If null is allowed, the generator says so separately.
            schema.Type = JsonSchemaType.String;
            schema.Enum = [.. Enum.GetValuesAsUnderlyingType(type).Cast<object>()
                .Select(value => JsonNode.Parse(JsonSerializer.Serialize(Enum.ToObject(type, value), type, ApiJson.Options))!)];
        }
        else if (type == typeof(JsonElement))
        {
            // Any value; with a separate null type, a null would match twice.
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
