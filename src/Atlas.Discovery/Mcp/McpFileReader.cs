using System.Collections.Immutable;
using System.Text.Json;
using Atlas.Discovery.Findings;
using Atlas.Discovery.Sources;

namespace Atlas.Discovery.Mcp;

/// <summary>Reads the files in which editors and agents configure their MCP servers.</summary>
internal static class McpFileReader
{
    public static void Read(IEnumerable<SourceFile> files, FindingLog log)
    {
        foreach (var file in files.Where(file => file.Language == "json" && file.Text.Contains("ervers", StringComparison.Ordinal)))
        {
            log.Read(file, () => Read(file, log));
        }
    }

    private static void Read(SourceFile file, FindingLog log)
    {
        try
        {
            using var document = JsonDocument.Parse(file.Text, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            foreach (var section in new[] { "mcpServers", "servers" })
            {
                if (document.RootElement.TryGetProperty(section, out var servers) && servers.ValueKind is JsonValueKind.Object)
                {
                    log.McpServers.AddRange(servers.EnumerateObject().Where(server => server.Value.ValueKind is JsonValueKind.Object).Select(server => Of(server, file)));
                }
            }
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            log.Notes.Add($"{file.Path} is not JSON: {unreadable.Message}");
        }
    }

    private static McpServerFinding Of(JsonProperty server, SourceFile file)
    {
        var command = TextOf(server.Value, "command");
        ImmutableArray<string> arguments = server.Value.TryGetProperty("args", out var args) && args.ValueKind is JsonValueKind.Array
            ? [.. args.EnumerateArray().Where(one => one.ValueKind is JsonValueKind.String).Select(one => one.GetString()!)]
            : [];
        return new McpServerFinding(
            server.Name, command is null ? "http" : "stdio", command, arguments, TextOf(server.Value, "url"), new SourceLocation(file.Path, 1));
    }

    private static string? TextOf(JsonElement value, string name) =>
        value.TryGetProperty(name, out var found) && found.ValueKind is JsonValueKind.String ? found.GetString() : null;
}
