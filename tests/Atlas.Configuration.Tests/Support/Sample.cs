using System.Text.Json.Nodes;

namespace Atlas.Configuration.Tests.Support;

/// <summary>Small configurations, changed by path.</summary>
internal static class Sample
{
    /// <summary>The least an agent configuration may hold.</summary>
    public static JsonObject Minimal(string agentType = "litellm")
    {
        var model = """{ "model": "m" }""";
        var agent = agentType == "http_api"
            ? """{ "type": "http_api", "name": "a", "system_prompt": "s", "transport": { "base_url": "http://agent.test" } }"""
            : $$"""{ "type": "{{agentType}}", "name": "a", "system_prompt": "s", "llm": {{model}} }""";
        return (JsonObject)JsonNode.Parse($$"""
            { "agent": {{agent}}, "teacher": { "llm": {{model}} }, "rim": { "small_model": {{model}}, "large_model": {{model}} } }
            """)!;
    }

    /// <summary>The minimal configuration with one more value; blocks on the way are made as needed.</summary>
    public static JsonObject With(this JsonObject root, string path, string json)
    {
        var names = path.Split('.');
        var block = root;
        foreach (var name in names[..^1])
        {
            block = (JsonObject)(block[name] ??= new JsonObject());
        }

        block[names[^1]] = JsonNode.Parse(json);
        return root;
    }

    /// <summary>A complete block, where the path needs one whose keys are required.</summary>
    public static JsonObject For(string path)
    {
        var root = Minimal(path.StartsWith("agent.transport", StringComparison.Ordinal) ? "http_api" : "litellm");
        return path switch
        {
            _ when path.StartsWith("storage.", StringComparison.Ordinal) => root.With("storage.database_url", "\"postgresql://db.test/atlas\""),
            _ when path.StartsWith("learning.llm.", StringComparison.Ordinal) => root.With("learning.llm.model", "\"m\""),
            _ when path.StartsWith("adaptive_teaching.probe.llm.", StringComparison.Ordinal) => root.With("adaptive_teaching.probe.llm.model", "\"m\""),
            _ => root,
        };
    }

    public static string Text(string resource)
    {
        using var stream = typeof(Sample).Assembly.GetManifestResourceStream(resource)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
