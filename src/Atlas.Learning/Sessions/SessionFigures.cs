using System.Collections.Immutable;
using System.Text.Json;
using Atlas.Learning.Json;

namespace Atlas.Learning.Sessions;

/// <summary>Reads what a learning key has to know out of a session's metadata: usage, tokens, incident, retries, failures.</summary>
public static class SessionFigures
{
    private static readonly string[] Roles = ["student", "teacher"];

    /// <summary>An outcome with these figures; reward, status and times are left for the caller to add.</summary>
    /// <param name="sessionId">The session.</param>
    /// <param name="metadata">Its metadata; what is missing or has another form counts as unknown.</param>
    public static SessionOutcome Read(long sessionId, JsonElement metadata)
    {
        var usage = Member(metadata, "learning_usage");
        var session = Member(usage, "session");
        return new SessionOutcome
        {
            SessionId = sessionId,
            Usage = Entries(Member(usage, "roles")),
            TotalTokens = Tokens(Member(metadata, "token_usage")) ?? Tokens(Member(session, "token_usage")),
            IncidentId = Name(metadata, "incident_id") ?? Name(session, "incident_id"),
            IncidentTags = Tags(Member(metadata, "incident_tags") is { ValueKind: JsonValueKind.Array } given ? given : Member(session, "incident_tags")),
            RetryCount = (long?)JsonRead.Number(session, "retry_count"),
            Failed = Member(session, "failure_flag").ValueKind is JsonValueKind.True,
            FailureEvents = Member(session, "failure_events") is { ValueKind: JsonValueKind.Array } failures ? failures.GetArrayLength() : 0,
        };
    }

    private static ImmutableArray<EntryUsage> Entries(JsonElement roles) =>
    [
        .. from role in Roles
           let entries = Member(roles, role)
           where entries.ValueKind is JsonValueKind.Object
           from entry in entries.EnumerateObject()
           let used = Read(role, entry)
           where used.CueHits > 0 || used.Adoptions > 0
           select used,
    ];

    private static EntryUsage Read(string role, JsonProperty entry) => new()
    {
        EntryId = entry.Name,
        Role = role,
        CueHits = Count(entry.Value, "cue_hits"),
        Adoptions = Count(entry.Value, "action_adoptions"),
        SuccessfulAdoptions = Count(entry.Value, "successful_adoptions"),
        FailedAdoptions = Count(entry.Value, "failed_adoptions"),
    };

    private static int Count(JsonElement entry, string name) =>
        JsonRead.Number(entry, name) is { } number and >= 0 and <= int.MaxValue ? (int)number : 0;

    private static double? Tokens(JsonElement usage) =>
        JsonRead.Number(usage, "total_tokens") ?? JsonRead.Number(usage, "prompt_tokens") + JsonRead.Number(usage, "completion_tokens");

    private static string? Name(JsonElement value, string name) =>
        JsonRead.Text(value, name)?.Trim() is { Length: > 0 } text ? text : null;

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
