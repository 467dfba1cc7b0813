using System.Globalization;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Atlas.Cluster.Deployment;

/// <summary>YAML as JSON, so that a schema can be asked.</summary>
internal static class YamlFile
{
    /// <summary>The documents of a file of the repository.</summary>
    public static IReadOnlyList<JsonNode> Read(params string[] path)
    {
        var yaml = new YamlStream();
        using var text = new StreamReader(Path.Combine([RepositoryFiles.Root, .. path]));
        yaml.Load(text);
        return [.. yaml.Documents.Select(document => Convert(document.RootNode)!)];
    }

    private static JsonNode? Convert(YamlNode node) => node switch
    {
        YamlMappingNode map => new JsonObject(map.Children.Select(
            pair => KeyValuePair.Create(((YamlScalarNode)pair.Key).Value!, Convert(pair.Value)))),
        YamlSequenceNode list => new JsonArray([.. list.Children.Select(Convert)]),
        YamlScalarNode { Style: ScalarStyle.Plain } scalar => Plain(scalar.Value ?? ""),
        YamlScalarNode scalar => JsonValue.Create(scalar.Value),
        _ => throw new InvalidOperationException($"{node} is neither a map, a list nor a value."),
    };

    // The core schema of YAML 1.2, as far as these files go.
    private static JsonNode? Plain(string text) => text switch
    {
        "" or "~" or "null" => null,
        "true" => JsonValue.Create(true),
        "false" => JsonValue.Create(false),
        _ when int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => JsonValue.Create(number),
        _ => JsonValue.Create(text),
    };
}
