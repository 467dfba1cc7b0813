using System.Text.Json;
using Atlas.Domain;
using Atlas.Domain.Json;
using Atlas.Learning.Usage;

namespace Atlas.Learning.Reports;

/// <summary>Reads what reports want out of the JSON columns of a session. Never throws.</summary>
public static class SessionColumns
{
    /// <summary>The score: of the statistics, else of the reward. A value that is there but no number is no score, and
    /// nothing is looked for behind it.</summary>
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

    /// <summary>The first usable of the statistics' <c>uncertainty_mean</c> and <c>uncertainty</c>, and the reward's.</summary>
    public static double? Uncertainty(JsonElement? stats, JsonElement? reward)
    {
        var figures = stats is { } some ? JsonRead.Unwrap(some) : default;
        return JsonRead.Number(figures, "uncertainty_mean")
            ?? JsonRead.Number(figures, "uncertainty")
            ?? (reward is { } value ? JsonRead.Number(JsonRead.Unwrap(value), "uncertainty") : null);
    }

    /// <summary>Fills in what stands in the metadata.</summary>
    /// <param name="facts">What is known already.</param>
    /// <param name="metadata">The members of <c>sessions.metadata</c> that matter here; null for none.</param>
    public static SessionFacts WithMetadata(SessionFacts facts, JsonElement? metadata)
    {
        ArgumentNullException.ThrowIfNull(facts);
        if (metadata is not { ValueKind: JsonValueKind.Object } value)
        {
            return facts;
        }

        var tokens = Member(value, "token_usage");
        return facts with
        {
            ExecutionMode = ExecutionMode(value),
            StudentModel = Model(value, "student"),
            TeacherModel = Model(value, "teacher"),
            TokenUsage = tokens,
            TotalTokens = tokens is { } usage ? UsageJson.TotalTokens(usage) : null,
            CostUsd = Cost(Member(value, "cost_usd_by_role")),
            Usage = SessionUsage.Read(Member(value, "learning_usage")),
        };
    }

    /// <summary><c>execution_mode</c>, else the mode of the adaptive summary; null if neither is a text.</summary>
    public static string? ExecutionMode(JsonElement metadata) =>
        Filled(JsonRead.Text(metadata, "execution_mode"))
        ?? (JsonRead.TryGet(metadata, "adaptive_summary", out var summary)
            ? Filled(JsonRead.Text(JsonRead.Unwrap(summary), "adaptive_mode"))
            : null);

    /// <summary>The sum over roles; null if no figure is known.</summary>
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
