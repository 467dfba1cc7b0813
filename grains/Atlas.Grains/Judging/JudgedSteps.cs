using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Atlas.Models.Judges;
using Atlas.Queries;

namespace Atlas.Grains.Judging;

/// <summary>Prepares the steps of a session for a judge. Pure.</summary>
internal static class JudgedSteps
{
    /// <summary>Returns recorded steps, with their descriptions in the plan.</summary>
    public static ImmutableArray<JudgedStep> Of(ImmutableArray<StepDetail> steps, JsonElement? plan)
    {
        var descriptions = Descriptions(plan ?? default);
        return
        [
            .. steps.Select(step => new JudgedStep
            {
                Id = step.StepId,
                Description = descriptions.GetValueOrDefault(step.StepId, ""),
                Status = Text(step.Metadata ?? default, "status"),
                Attempts = step.Attempts ?? 1,
                Output = step.Output ?? "",
                Trace = step.Trace ?? "",
                Guidance = step.GuidanceNotes,
                Validation = Member(step.Evaluation ?? default, "validation"),
            }),
        ];
    }

    /// <summary>Returns events in place of steps: a step for each message, tool call and result.</summary>
    public static ImmutableArray<JudgedStep> Of(ImmutableArray<StoredEvent> events)
    {
        var steps = ImmutableArray.CreateBuilder<JudgedStep>();
        foreach (var stored in events)
        {
            var payload = Member(stored.Event ?? default, "payload");
            var (type, name, content) = (Text(payload, "event_type"), Text(payload, "name"), Content(payload) ?? "");

            // A tool call is informative even without arguments.
            if (content.Length > 0 || type?.StartsWith("TOOL", StringComparison.OrdinalIgnoreCase) is true)
            {
                steps.Add(new JudgedStep
                {
                    Id = stored.Sequence ?? steps.Count,
                    Description = string.Join(' ', new[] { type, name }.OfType<string>()),
                    Output = content,
                });
            }
        }

        return steps.DrainToImmutable();
    }

    private static Dictionary<int, string> Descriptions(JsonElement plan)
    {
        var found = new Dictionary<int, string>();
        if (Member(plan, "steps") is { ValueKind: JsonValueKind.Array } steps)
        {
            foreach (var step in steps.EnumerateArray())
            {
                if (Text(step, "description") is { } description && Number(Member(step, "id")) is { } id)
                {
                    found[id] = description;
                }
            }
        }

        return found;
    }

    private static int? Number(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number when value.TryGetInt32(out var number) => number,
        JsonValueKind.String when int.TryParse(value.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) => number,
        _ => null,
    };

    private static string? Content(JsonElement payload)
    {
        var data = Member(payload, "data");
        foreach (var name in (string[])["output", "input"])
        {
            if (Member(data, name) is { ValueKind: not (JsonValueKind.Undefined or JsonValueKind.Null) } value)
            {
                return value.ValueKind is JsonValueKind.String ? value.GetString() : value.GetRawText();
            }
        }

        return null;
    }

    private static JsonElement Member(JsonElement value, string name) =>
        value.ValueKind is JsonValueKind.Object && value.TryGetProperty(name, out var member) ? member : default;

    private static string? Text(JsonElement value, string name) =>
        Member(value, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
}
