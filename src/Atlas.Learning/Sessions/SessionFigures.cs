using System.Collections.Immutable;
using System.Text.Json;
using Atlas.Domain;
using Atlas.Domain.Json;
using Atlas.Learning.Usage;

namespace Atlas.Learning.Sessions;

/// <summary>Reads what a learning key has to know out of a session's metadata.</summary>
public static class SessionFigures
{
    /// <summary>An outcome with usage, tokens, incident, retries and failures; reward, status and times are left to the caller.</summary>
    /// <param name="sessionId">The session.</param>
    /// <param name="metadata">Its metadata; what is missing or has another form counts as unknown.</param>
    /// <remarks>What the caller of the session said itself goes before what was recorded along the way.</remarks>
    public static SessionOutcome Read(long sessionId, JsonElement metadata)
    {
        var recorded = UsageJson.Complete(new SessionOutcome { SessionId = sessionId }, Member(metadata, "learning_usage"));
        var tags = Tags(Member(metadata, "incident_tags"));
        return recorded with
        {
            TotalTokens = UsageJson.TotalTokens(Member(metadata, "token_usage")) ?? recorded.TotalTokens,
            IncidentId = JsonRead.Text(metadata, "incident_id")?.Trim() is { Length: > 0 } incident ? incident : recorded.IncidentId,
            IncidentTags = tags.IsEmpty ? recorded.IncidentTags : tags,
        };
    }

    private static ImmutableArray<string> Tags(JsonElement tags) => tags.ValueKind is not JsonValueKind.Array
        ? []
        : [.. tags.EnumerateArray()
            .Where(tag => tag.ValueKind is JsonValueKind.String)
            .Select(tag => SafeJson.Text(tag).Trim())
            .Where(tag => tag.Length > 0)
            .Distinct(StringComparer.Ordinal)];

    private static JsonElement Member(JsonElement value, string name) =>
        JsonRead.TryGet(value, name, out var member) ? JsonRead.Unwrap(member) : default;
}
