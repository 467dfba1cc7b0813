using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Atlas.Domain.Json;
using Atlas.Domain.Sessions;
using Atlas.Domain.Usage;
using Atlas.Learning.Journal;

namespace Atlas.Learning.Sessions;

/// <summary>Checks free-form JSON from callers.</summary>
public static class CallerJson
{
    /// <summary>Returns the object; an empty one if there is none.</summary>
    /// <param name="value">The caller's value.</param>
    /// <param name="what">Its name, for the message.</param>
    /// <exception cref="RefusedException">The value is not a JSON object.</exception>
    public static JsonObject Object(JsonElement? value, string what)
    {
        if (value is not { ValueKind: not (JsonValueKind.Undefined or JsonValueKind.Null) } given)
        {
            return [];
        }

        // If several members have the same name, the last one counts, as in the database.
        return given.ValueKind is JsonValueKind.Object
            ? JsonObject.Create(SafeJson.Clean(given))!
            : throw new RefusedException(
                $"The {what} of a session must be a JSON object such as {{\"tags\": [\"billing\"]}}, not {Shorten(given.GetRawText())}.");
    }

    /// <summary>Checks that the events of an append are objects, numbered from 0.</summary>
    /// <exception cref="RefusedException">The number is negative or an event is not a JSON object; nothing is stored.</exception>
    public static void CheckEvents(int firstSequence, ImmutableArray<JsonElement> events)
    {
        if (firstSequence < 0)
        {
            throw new RefusedException($"Events are numbered from 0, so the first cannot have the number {firstSequence}.");
        }

        for (var index = 0; index < events.Length; index++)
        {
            if (events[index].ValueKind is not JsonValueKind.Object and var kind)
            {
                throw new RefusedException(
                    $"Event {firstSequence + index} is {(kind is JsonValueKind.Undefined ? "missing" : $"a JSON {kind.ToString().ToLowerInvariant()}")}; every event must be a JSON object.");
            }
        }
    }

    /// <summary>Returns the step with free-form JSON that can be written again, whatever escapes it contained.</summary>
    public static StepRecord Whole(StepRecord step)
    {
        ArgumentNullException.ThrowIfNull(step);
        return step with { Evaluation = Whole(step.Evaluation), Attempts = step.Attempts.IsDefault ? step.Attempts : [.. step.Attempts.Select(Whole)] };
    }

    /// <summary>Returns the plan with tool parameters that can be written again.</summary>
    public static SessionPlan Whole(SessionPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return plan.Steps.IsDefault ? plan : plan with
        {
            Steps = [.. plan.Steps.Select(step => step.ToolParams is { } parameters ? step with { ToolParams = SafeJson.Whole(parameters) } : step)],
        };
    }

    /// <summary>Returns the usage with adoption examples that can be written again.</summary>
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
