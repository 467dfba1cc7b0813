using System.Text.Json;
using System.Text.Json.Nodes;
using Atlas.Configuration.Agents;
using Microsoft.Extensions.AI;

namespace Atlas.Runtime.Agents;

/// <summary>Tools as a configuration declares them: name, description and schema, without anything that executes them.</summary>
internal static class DeclaredTool
{
    public static AITool Of(ToolOptions tool) => AIFunctionFactory.CreateDeclaration(
        tool.Name, tool.Description, SchemaOf(tool.Parameters), tool.OutputSchema);

    private static JsonElement SchemaOf(ToolParameterOptions parameters) => JsonSerializer.SerializeToElement(new JsonObject
    {
        ["type"] = parameters.Type,
        ["properties"] = JsonSerializer.SerializeToNode(parameters.Properties),
        ["required"] = new JsonArray([.. parameters.Required.Select(name => (JsonNode)name)]),
        ["additionalProperties"] = parameters.AdditionalProperties,
    });
}
