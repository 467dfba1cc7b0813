using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Atlas.Domain.Json;
using Atlas.Domain.Sessions;

namespace Atlas.Runtime.Plans;

/// <summary>Reads plans as models write them.</summary>
public static class PlanReader
{
    /// <summary>Reads a plan, or a plain list of steps.</summary>
    /// <param name="source">The model's answer. It does not decide how the plan is executed.</param>
    /// <param name="executionMode">How the plan is executed.</param>
    /// <returns>The plan; null if it has no steps.</returns>
    /// <exception cref="PlanException">A step cannot be read, two steps share a number, or the steps depend on each other in a cycle.</exception>
    public static SessionPlan? Read(JsonNode? source, PlanExecution executionMode)
    {
        if ((source as JsonArray ?? (source as JsonObject)?["steps"] as JsonArray) is not { Count: > 0 } written)
        {
            return null;
        }

        var plan = new SessionPlan([.. written.Select(StepOf)], executionMode);
        StepLevels.Of(plan);
        return plan;
    }

    private static PlanStep StepOf(JsonNode? written, int index)
    {
        if (written is not JsonObject step)
        {
            throw new PlanException(Invariant($"Step {index + 1} of the plan is not an object."));
        }

        if (step["description"] is not JsonValue text || !text.TryGetValue<string>(out var description) || string.IsNullOrWhiteSpace(description))
        {
            throw new PlanException(Invariant($"Step {index + 1} of the plan has no description."));
        }

        return new PlanStep(
            IdOf(step["id"]) ?? throw new PlanException(Invariant($"Step {index + 1} of the plan has no number.")),
            description,
            DependenciesOf(step["depends_on"], index),
            ToolOf(step),
            step["tool_params"] is { } parameters ? JsonSerializer.SerializeToElement(parameters) : null);
    }

    private static int? IdOf(JsonNode? id) => id?.GetValueKind() switch
    {
        JsonValueKind.Number => Whole(id),
        JsonValueKind.String => Number(WithoutPrefix(id.GetValue<string>().Trim()).TrimStart('#')),
        _ => null,
    };

    private static ImmutableArray<string> DependenciesOf(JsonNode? written, int index) => written switch
    {
        null => [],
        JsonArray list => [.. list.Select(item => DependencyOf(item, index))],
        _ => [DependencyOf(written, index)],
    };

    private static string DependencyOf(JsonNode? item, int index) => item?.GetValueKind() switch
    {
        JsonValueKind.Number when Whole(item) is { } number => number.ToString(CultureInfo.InvariantCulture),
        JsonValueKind.String => Reference(item.GetValue<string>().Trim()),
        _ => throw new PlanException(Invariant($"Step {index + 1} of the plan depends on something that is not a step.")),
    };

    /// <summary>Returns the number of the step that is meant, <c>#</c> and the number if it is written so, else the text as it is.</summary>
    private static string Reference(string text)
    {
        var bare = WithoutPrefix(text);
        return Number(bare)?.ToString(CultureInfo.InvariantCulture) ?? (bare.StartsWith('#') && Number(bare[1..]) is not null ? bare : text);
    }

    private static string WithoutPrefix(string text)
    {
        foreach (var prefix in (string[])["step_", "step", "s"])
        {
            if (text.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            {
                return text[prefix.Length..].Trim();
            }
        }

        return text;
    }

    private static string? ToolOf(JsonObject step)
    {
        if (step["tool"] is JsonValue named && named.TryGetValue<string>(out var tool))
        {
            return tool;
        }

        return step["tools"] switch
        {
            JsonArray { Count: > 0 } list => string.Join(", ", list.Select(item => item?.ToString())),
            JsonValue single when single.TryGetValue<string>(out var name) => name,
            _ => null,
        };
    }

    private static int? Whole(JsonNode value)
    {
        var number = JsonSerializer.Deserialize<double>(value, AtlasJson.Options);
        return number >= int.MinValue && number <= int.MaxValue && double.IsInteger(number) ? (int)number : null;
    }

    private static int? Number(string text) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
