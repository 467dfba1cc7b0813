using System.Text.Json.Nodes;
using Microsoft.CodeAnalysis;

namespace Atlas.Discovery.DotNet;

/// <summary>Describes a method's parameters as the JSON schema that a model gets.</summary>
internal static class ParameterSchema
{
    public static JsonObject Of(IMethodSymbol? method)
    {
        var properties = new JsonObject();
        var required = new JsonArray();
        foreach (var parameter in method?.Parameters ?? [])
        {
            // The host provides these arguments, not the model.
            if (parameter.Type.Name is "CancellationToken" or "IServiceProvider" or "AIFunctionArguments" or "Kernel"
                || parameter.GetAttributes().Any(attribute => attribute.AttributeClass?.Name is "FromServicesAttribute" or "FromKeyedServicesAttribute"))
            {
                continue;
            }

            properties[parameter.Name] = Schema(parameter);
            if (!parameter.HasExplicitDefaultValue && parameter.NullableAnnotation is not NullableAnnotation.Annotated)
            {
                required.Add(parameter.Name);
            }
        }

        return new JsonObject { ["type"] = "object", ["properties"] = properties, ["required"] = required };
    }

    private static JsonObject Schema(IParameterSymbol parameter)
    {
        var schema = new JsonObject { ["type"] = TypeOf(parameter.Type) };
        var description = parameter.GetAttributes().FirstOrDefault(attribute => attribute.AttributeClass?.Name is "DescriptionAttribute" or "Description");
        if (description is { ConstructorArguments: [{ Value: string text }] })
        {
            schema["description"] = text;
        }

        return schema;
    }

    private static string TypeOf(ITypeSymbol type) => type switch
    {
        { SpecialType: SpecialType.System_String or SpecialType.System_Char or SpecialType.System_DateTime } => "string",
        { SpecialType: SpecialType.System_Boolean } => "boolean",
        { SpecialType: >= SpecialType.System_SByte and <= SpecialType.System_UInt64 } => "integer",
        { SpecialType: SpecialType.System_Single or SpecialType.System_Double or SpecialType.System_Decimal } => "number",
        { TypeKind: TypeKind.Enum } or { Name: "Guid" or "DateTimeOffset" or "DateOnly" or "TimeOnly" or "Uri" } => "string",
        INamedTypeSymbol { Name: "Nullable", TypeArguments: [var inner] } => TypeOf(inner),
        IArrayTypeSymbol => "array",
        INamedTypeSymbol { IsGenericType: true } many when many.Name.Contains("List", StringComparison.Ordinal) || many.Name.Contains("Enumerable", StringComparison.Ordinal) => "array",
        _ => "object",
    };
}
