using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Atlas.Discovery.Python;

/// <summary>A function or method with its decorators.</summary>
internal sealed record PythonFunction(
    string Name, ImmutableArray<PythonToken> Head, ImmutableArray<PythonLine> Decorators, string? Documentation, int Line)
{
    public IEnumerable<string> DecoratorNames => Decorators.Select(decorator =>
        string.Concat(decorator.Tokens.Skip(1).TakeWhile(token => token.Kind is PythonTokenKind.Name || token.Is(".")).Select(token => token.Text)));

    /// <summary>Returns the parameters as a JSON schema; a parameter without an annotation can be any text.</summary>
    public JsonObject Parameters()
    {
        var properties = new JsonObject();
        var required = new JsonArray();
        var open = Head.ToList().FindIndex(token => token.Is("("));
        foreach (var parameter in open < 0 ? [] : PythonCall.Split(Head, open + 1))
        {
            if (parameter is not [{ Kind: PythonTokenKind.Name } name, ..] || name.Text is "self" or "cls" or "ctx" or "context")
            {
                continue;
            }

            properties[name.Text] = new JsonObject { ["type"] = parameter is [_, var colon, { Kind: PythonTokenKind.Name } type, ..] && colon.Is(":") ? TypeOf(type.Text) : "string" };
            if (!parameter.Any(token => token.Is("=")))
            {
                required.Add(name.Text);
            }
        }

        return new JsonObject { ["type"] = "object", ["properties"] = properties, ["required"] = required };
    }

    private static string TypeOf(string annotation) => annotation switch
    {
        "int" => "integer",
        "float" => "number",
        "bool" => "boolean",
        "list" or "List" or "tuple" or "Sequence" => "array",
        "dict" or "Dict" or "Mapping" => "object",
        _ => "string",
    };
}
