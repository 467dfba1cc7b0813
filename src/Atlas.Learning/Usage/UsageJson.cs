using System.Collections.Immutable;
using System.Text.Json;
using Atlas.Domain;
using Atlas.Domain.Json;
using Atlas.Domain.Usage;

namespace Atlas.Learning.Usage;

/// <summary>Reads and writes stored usage, <c>metadata.learning_usage</c>. Reading never throws, whoever wrote it.</summary>
public static class UsageJson
{
    /// <summary>Returns the usage in its stored form.</summary>
    public static JsonElement ToJson(this UsageSnapshot usage) => JsonSerializer.SerializeToElement(usage, AtlasJson.Options);

    /// <summary>Returns the entries that were hit or adopted. Counters that are negative or not numbers count as 0.</summary>
    public static ImmutableArray<EntryUsage> ReadEntries(JsonElement usage)
    {
        var result = ImmutableArray.CreateBuilder<EntryUsage>();
        foreach (var role in Members(JsonRead.Unwrap(usage), "roles"))
        {
            foreach (var entry in Members(role.Value))
            {
                var read = new EntryUsage
                {
                    EntryId = entry.Name,
                    Role = role.Name,
                    CueHits = Count(entry.Value, "cue_hits"),
                    Adoptions = Count(entry.Value, "action_adoptions"),
                    SuccessfulAdoptions = Count(entry.Value, "successful_adoptions"),
                    FailedAdoptions = Count(entry.Value, "failed_adoptions"),
                };
                if (read.CueHits > 0 || read.Adoptions > 0)
                {
                    result.Add(read);
                }
            }
        }

        return result.ToImmutable();
    }

    /// <summary>Completes the outcome with entries, incident, retries, failures and tokens from the usage. Where the usage says nothing,
    /// the outcome keeps its values.</summary>
    public static SessionOutcome Complete(SessionOutcome outcome, JsonElement usage)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        var value = JsonRead.Unwrap(usage);
        var session = JsonRead.TryGet(value, "session", out var given) ? given : default;
        var tags = JsonRead.TryGet(session, "incident_tags", out var list) && list.ValueKind == JsonValueKind.Array
            ? [.. list.EnumerateArray().Where(tag => tag.ValueKind == JsonValueKind.String).Select(SafeJson.Text)]
            : ImmutableArray<string>.Empty;
        var failures = JsonRead.TryGet(session, "failure_events", out var events) && events.ValueKind == JsonValueKind.Array
            ? events.GetArrayLength()
            : 0;
        return outcome with
        {
            Usage = ReadEntries(value),
            IncidentId = JsonRead.Text(session, "incident_id") ?? outcome.IncidentId,
            IncidentTags = tags.IsEmpty ? outcome.IncidentTags : tags,
            RetryCount = JsonRead.Number(session, "retry_count") is { } retries ? (long)Math.Clamp(retries, 0, int.MaxValue) : outcome.RetryCount,
            FailureEvents = Math.Max(failures, outcome.FailureEvents),
            Failed = outcome.Failed || (JsonRead.TryGet(session, "failure_flag", out var flag) && flag.ValueKind == JsonValueKind.True),
            TotalTokens = (JsonRead.TryGet(session, "token_usage", out var tokens) ? TotalTokens(tokens) : null) ?? outcome.TotalTokens,
        };
    }

    /// <summary>Returns <c>total_tokens</c>, or else the sum of prompt and completion, one of which can be missing; null if there is
    /// nothing to add, or one of them is not a number.</summary>
    public static double? TotalTokens(JsonElement tokenUsage)
    {
        tokenUsage = JsonRead.Unwrap(tokenUsage);
        if (JsonRead.Number(tokenUsage, "total_tokens") is { } total)
        {
            return total;
        }

        var hasPrompt = JsonRead.TryGet(tokenUsage, "prompt_tokens", out var prompt);
        var hasCompletion = JsonRead.TryGet(tokenUsage, "completion_tokens", out var completion);
        return hasPrompt || hasCompletion
            ? (hasPrompt ? JsonRead.Number(prompt) : 0) + (hasCompletion ? JsonRead.Number(completion) : 0)
            : null;
    }

    private static IEnumerable<JsonProperty> Members(JsonElement value, string name) =>
        JsonRead.TryGet(value, name, out var member) ? Members(member) : [];

    private static IEnumerable<JsonProperty> Members(JsonElement value) =>
        value.ValueKind == JsonValueKind.Object ? value.EnumerateObject().AsEnumerable() : [];

    private static int Count(JsonElement counters, string name) =>
        JsonRead.Number(counters, name) is { } number ? (int)Math.Clamp(number, 0, int.MaxValue) : 0;
}
