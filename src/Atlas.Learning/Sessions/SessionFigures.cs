using System.Collections.Immutable;
using System.Text.Json;
using Atlas.Domain;
using Atlas.Domain.Json;
using Atlas.Learning.Usage;

namespace Atlas.Learning.Sessions;

/// <summary>Reads what a learning key has to know from a session's metadata.</summary>
public static class SessionFigures
{
    /// <summary>Returns an outcome with usage, tokens, incident, retries and failures; the caller adds reward, status and times.</summary>
    /// <param name="sessionId">The session.</param>
    /// <param name="metadata">Its metadata; anything missing or in another form counts as unknown.</param>
    /// <remarks>What the caller of the session stated takes precedence over what was recorded along the way.</remarks>
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
