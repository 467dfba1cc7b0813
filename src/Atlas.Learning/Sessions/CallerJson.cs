using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Atlas.Domain.Json;
using Atlas.Domain.Sessions;
using Atlas.Domain.Usage;
using Atlas.Learning.Journal;

namespace Atlas.Learning.Sessions;

/// <summary>Checks what is the caller's own free form.</summary>
public static class CallerJson
{
    private const int MostSequence = 1_000_000_000;

    /// <summary>The object; an empty one if there is none.</summary>
    /// <param name="value">The caller's own.</param>
    /// <param name="what">What it is.</param>
    /// <exception cref="RefusedException">It is no JSON object.</exception>
    public static JsonObject Object(JsonElement? value, string what)
    {
        if (value is not { ValueKind: not (JsonValueKind.Undefined or JsonValueKind.Null) } given)
        {
            return [];
        }

        // Of members with one name the last counts, as in the database.
        return given.ValueKind is JsonValueKind.Object
            ? JsonObject.Create(SafeJson.Clean(given))!
            : throw new RefusedException(
                $"The {what} of a session is a JSON object such as {{\"tags\": [\"billing\"]}}, not {Shorten(given.GetRawText())}.");
    }

    /// <summary>Holds the events of an append to be objects, numbered from 0.</summary>
    /// <exception cref="RefusedException">The number is negative or an event is no JSON object; nothing is stored then.</exception>
    public static void CheckEvents(int firstSequence, ImmutableArray<JsonElement> events)
    {
        if (firstSequence < 0)
        {
            throw new RefusedException($"Events are numbered from 0; {firstSequence} is no number for the first one.");
        }

        // There is always room behind it, or the session could never be gone on with.
        if (firstSequence > MostSequence)
        {
            throw new RefusedException(FormattableString.Invariant($"Events are numbered from 0 to {MostSequence}; {firstSequence} is no number for the first one."));
        }

        for (var index = 0; index < events.Length; index++)
        {
            if (events[index].ValueKind is not JsonValueKind.Object and var kind)
            {
                throw new RefusedException(
                    $"Event {firstSequence + index} is {(kind is JsonValueKind.Undefined ? "missing" : $"a JSON {kind.ToString().ToLowerInvariant()}")}; an event is a JSON object.");
            }
        }
    }

    /// <summary>The step with free forms that can be written again, whatever escapes they came with.</summary>
    public static StepRecord Whole(StepRecord step)
    {
        ArgumentNullException.ThrowIfNull(step);
        return step with { Evaluation = Whole(step.Evaluation), Attempts = step.Attempts.IsDefault ? step.Attempts : [.. step.Attempts.Select(Whole)] };
    }

    /// <summary>The plan with parameters of tools that can be written again.</summary>
    public static SessionPlan Whole(SessionPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return plan.Steps.IsDefault ? plan : plan with
        {
            Steps = [.. plan.Steps.Select(step => step.ToolParams is { } parameters ? step with { ToolParams = SafeJson.Whole(parameters) } : step)],
        };
    }

    /// <summary>The usage with examples of adoption that can be written again.</summary>
    public static UsageSnapshot Whole(UsageSnapshot usage)
    {
        ArgumentNullException.ThrowIfNull(usage);
        return !usage.Roles.Values.Any(role => role?.Values.Any(entry => entry is { AdoptionExamples: { IsDefaultOrEmpty: false } }) is true) ? usage : usage with
        {
            Roles = usage.Roles.ToImmutableSortedDictionary(
                role => role.Key,
                role => role.Value?.ToImmutableSortedDictionary(entry => entry.Key, entry => Whole(entry.Value), StringComparer.Ordinal)!,
                StringComparer.Ordinal),
        };
    }

    private static EntryCounters Whole(EntryCounters counters) => counters?.AdoptionExamples is { IsDefaultOrEmpty: false } examples
        ? counters with { AdoptionExamples = [.. examples.Select(SafeJson.Whole)] }
        : counters!;

    private static StepEvaluation? Whole(StepEvaluation? evaluation) => evaluation is null ? null : evaluation with
    {
        Validation = evaluation.Validation is { } validation ? validation with { Extra = Whole(validation.Extra) } : null,
        Reward = evaluation.Reward is { } reward ? reward with { Extra = Whole(reward.Extra) } : null,
        Extra = Whole(evaluation.Extra),
    };

    private static Dictionary<string, JsonElement>? Whole(Dictionary<string, JsonElement>? extra) =>
        extra?.ToDictionary(member => member.Key, member => SafeJson.Whole(member.Value), StringComparer.Ordinal);

    private static string Shorten(string text) => text.Length <= 60 ? text : string.Concat(text.AsSpan(0, 60), "…");
}
