using System.Text.Json;
using System.Text.Json.Nodes;
using Atlas.Models.Providers;
using Atlas.Runtime.Observing;

namespace Atlas.Runtime.Recording;

/// <summary>Writes an event in the form of <c>trajectory_events.event</c>.</summary>
internal static class EventJson
{
    private const string Root = "root";

    public static JsonElement Write(EventSpan span, RunEvent happened)
    {
        var metadata = (JsonObject?)happened.Metadata?.DeepClone() ?? [];
        metadata["actor"] = happened.Actor;
        if (happened.StepId is { } step)
        {
            metadata["step_id"] = step;
        }

        return JsonSerializer.SerializeToElement(new JsonObject
        {
            ["parent_id"] = IdOf(span.Parent),
            ["function_ancestry"] = new JsonObject
            {
                ["function_id"] = IdOf(span.Parent),
                ["function_name"] = span.Parent?.Name ?? Root,
                ["parent_id"] = span.Parent is { } parent ? IdOf(parent.Parent) : null,
                ["parent_name"] = span.Parent is { } inner ? inner.Parent?.Name ?? Root : null,
            },
            ["payload"] = new JsonObject
            {
                ["event_type"] = happened.Type,
                ["event_timestamp"] = happened.Time.ToUnixTimeMilliseconds() / 1000.0,
                ["span_event_timestamp"] = happened.Duration is { } duration
                    ? (happened.Time - duration).ToUnixTimeMilliseconds() / 1000.0
                    : null,
                ["framework"] = null,
                ["name"] = happened.Name,
                ["tags"] = null,
                ["metadata"] = metadata,
                ["data"] = new JsonObject
                {
                    ["input"] = happened.Input?.DeepClone(),
                    ["output"] = happened.Output?.DeepClone(),
                    ["chunk"] = happened.Chunk?.DeepClone(),
                },
                ["usage_info"] = happened.Usage is { } usage ? new JsonObject { ["token_usage"] = usage.ToJson() } : null,
                ["UUID"] = happened.Id.ToString(),
            },
        });
    }

    private static string IdOf(EventSpan? span) => span?.Id.ToString() ?? Root;
}
