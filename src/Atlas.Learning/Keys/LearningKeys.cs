using System.Text.Json;
using Atlas.Domain.Json;
using Atlas.Learning.Text;

namespace Atlas.Learning.Keys;

/// <summary>Determines the learning key of a session.</summary>
public static class LearningKeys
{
    private const int TaskPrefixLength = 64;

    /// <summary>Returns the key of a session: the caller's own, or one derived from agent, tags, start of the task and tenant.</summary>
    /// <param name="agentName">Name of the agent, as configured.</param>
    /// <param name="task">The raw task text; its first 64 code points count, after stripping.</param>
    /// <param name="metadata">The session's metadata; anything but an object counts as empty. It is not modified.</param>
    /// <returns><c>learning_key_override</c> or <c>learning_key</c> of the metadata, stripped, if one of them is a text that is not blank;
    /// otherwise 64 lower-case hex digits.</returns>
    public static string Derive(string agentName, string task, JsonElement? metadata)
    {
        ArgumentNullException.ThrowIfNull(agentName);
        ArgumentNullException.ThrowIfNull(task);
        var values = SafeJson.Readable(metadata ?? default);
        return Given(values, "learning_key_override")
            ?? Given(values, "learning_key")
            ?? Sha256Text.Hex(CanonicalPayload(agentName, task, values));
    }

    /// <summary>Returns the text that is hashed for a derived key.</summary>
    internal static string CanonicalPayload(string agentName, string task, JsonElement metadata)
    {
        var tags = string.Join(", ", Tags(metadata).Select(CanonicalJson.Quote));
        var prefix = PythonText.Take(PythonText.Strip(task), TaskPrefixLength);
        return $"{{\"agent\": {CanonicalJson.Quote(agentName)}, \"tags\": [{tags}], "
            + $"\"task_prefix\": {CanonicalJson.Quote(prefix)}, \"tenant\": {CanonicalJson.Quote(Tenant(metadata))}}}";
    }

    private static string? Given(JsonElement metadata, string name) =>
        JsonRead.Text(metadata, name) is { } text && !PythonText.IsBlank(text) ? PythonText.Strip(text) : null;

    private static IEnumerable<string> Tags(JsonElement metadata)
    {
        if (!JsonRead.TryGet(metadata, "tags", out var tags))
        {
            return [];
        }

        var items = tags.ValueKind switch
        {
            JsonValueKind.String => [tags],
            JsonValueKind.Array => tags.EnumerateArray().AsEnumerable(),
            _ => [],
        };

        // Keep duplicates: they are part of existing keys.
        return items.Select(tag => PythonText.Strip(PythonRepr.Str(tag)))
            .Where(tag => tag.Length > 0)
            .Order(CodePointComparer.Instance);
    }

    private static string Tenant(JsonElement metadata)
    {
        foreach (var name in (ReadOnlySpan<string>)["tenant_id", "tenant"])
        {
            if (JsonRead.TryGet(metadata, name, out var tenant) && PythonRepr.IsTruthy(tenant))
            {
                return PythonRepr.Str(tenant);
            }
        }

        return "default";
    }
}
