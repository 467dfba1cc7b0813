using System.Text.Json;
using Atlas.Domain;
using Atlas.Domain.Json;
using Atlas.Learning.Usage;

namespace Atlas.Learning.Reports;

/// <summary>Reads the figures of reports from the JSON columns of a session. Never throws.</summary>
public static class SessionColumns
{
    /// <summary>Returns the score from the statistics, or else from the reward. A value that is present but not a number means no score,
    /// without a further search.</summary>
    public static double? Score(JsonElement? stats, JsonElement? reward)
    {
        foreach (var column in (ReadOnlySpan<JsonElement?>)[stats, reward])
        {
            if (column is { } value && JsonRead.TryGet(JsonRead.Unwrap(value), "score", out var score) && score.ValueKind != JsonValueKind.Null)
            {
                return JsonRead.Number(score);
            }
        }

        return null;
    }

    /// <summary>Returns the first usable of the statistics' <c>uncertainty_mean</c> and <c>uncertainty</c>, and the reward's.</summary>
    public static double? Uncertainty(JsonElement? stats, JsonElement? reward)
    {
        var figures = stats is { } some ? JsonRead.Unwrap(some) : default;
        return JsonRead.Number(figures, "uncertainty_mean")
            ?? JsonRead.Number(figures, "uncertainty")
            ?? (reward is { } value ? JsonRead.Number(JsonRead.Unwrap(value), "uncertainty") : null);
    }

    /// <summary>Adds the figures from the metadata.</summary>
    /// <param name="facts">What is already known.</param>
    /// <param name="metadata">The relevant members of <c>sessions.metadata</c>; null for none.</param>
    public static SessionFacts WithMetadata(SessionFacts facts, JsonElement? metadata)
    {
        ArgumentNullException.ThrowIfNull(facts);
        if (metadata is not { ValueKind: JsonValueKind.Object } value)
        {
            return facts;
        }

        var tokens = Member(value, "token_usage");

        // The metadata of a session that ended over HTTP contains what the proxy counted.
        var counted = tokens ?? (Member(value, "learning_usage") is { } learned && Member(learned, "session") is { } session ? Member(session, "token_usage") : null);
        var cached = counted is { } known ? JsonRead.Number(known, "cached_prompt_tokens") : null;
        return facts with
        {
            InputTokens = cached is null ? null : JsonRead.Number(counted!.Value, "prompt_tokens"),
            CachedTokens = cached,
            ExecutionMode = ExecutionMode(value),
            StudentModel = Model(value, "student"),
            TeacherModel = Model(value, "teacher"),
            TokenUsage = tokens,
            TotalTokens = tokens is { } usage ? UsageJson.TotalTokens(usage) : null,
            CostUsd = Cost(Member(value, "cost_usd_by_role")),
            Usage = SessionUsage.Read(Member(value, "learning_usage")),
        };
    }

    /// <summary>Returns <c>execution_mode</c>, or else the mode of the adaptive summary; null if neither is a text.</summary>
    public static string? ExecutionMode(JsonElement metadata) =>
        Filled(JsonRead.Text(metadata, "execution_mode"))
        ?? (JsonRead.TryGet(metadata, "adaptive_summary", out var summary)
            ? Filled(JsonRead.Text(JsonRead.Unwrap(summary), "adaptive_mode"))
            : null);

    /// <summary>Returns the sum over roles; null if no figure is known.</summary>
    private static double? Cost(JsonElement? byRole)
    {
        double?[] known = byRole is { ValueKind: JsonValueKind.Object } roles
            ? [.. roles.EnumerateObject().Select(role => JsonRead.Number(roles, role.Name)).Where(cost => cost >= 0)]
            : [];
        return known.Length == 0 ? null : Finite.OrNull(known.Sum());
    }

    private static string? Model(JsonElement metadata, string role)
    {
        var adapter = JsonRead.TryGet(metadata, "adapter_session", out var session) ? JsonRead.Unwrap(session) : default;
        return Filled(JsonRead.Text(adapter, $"{role}_model_id"))
            ?? Filled(JsonRead.Text(adapter, $"{role}_model"))
            ?? Filled(JsonRead.Text(metadata, $"{role}_model"));
    }

    private static JsonElement? Member(JsonElement metadata, string name) =>
        JsonRead.TryGet(metadata, name, out var member) && member.ValueKind != JsonValueKind.Null ? JsonRead.Unwrap(member) : null;

    private static string? Filled(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
