using System.Diagnostics;
using Atlas.Domain;

namespace Atlas.Runtime.Recording;

/// <summary>Reports an event as an OpenTelemetry span, named by the conventions for agents.</summary>
internal static class EventActivity
{
    public static Activity? Start(EventKind kind, string name, string actor, int? stepId, Activity? parent)
    {
        var (spanName, operation) = kind switch
        {
            _ when kind == EventKind.Workflow => ("invoke_agent", "invoke_agent"),
            _ when kind == EventKind.Tool => ($"execute_tool {name}", "execute_tool"),
            _ when kind == EventKind.Llm => ($"chat {actor}", "chat"),
            _ => (name, null),
        };
        var activity = RuntimeTelemetry.Source.StartActivity(
            spanName, ActivityKind.Internal, parent?.Context ?? Activity.Current?.Context ?? default);
        if (activity is null)
        {
            return null;
        }

        activity.SetTag("atlas.actor", actor);
        activity.SetTag("atlas.event.name", name);
        if (operation is not null)
        {
            activity.SetTag("gen_ai.operation.name", operation);
        }

        if (kind == EventKind.Tool)
        {
            activity.SetTag("gen_ai.tool.name", name);
        }

        if (stepId is { } step)
        {
            activity.SetTag("atlas.step.id", step);
        }

        return activity;
    }

    public static void Stop(Activity? activity, TokenUsage? usage, Exception? failure)
    {
        if (activity is null)
        {
            return;
        }

        if (usage is not null)
        {
            activity.SetTag("gen_ai.usage.input_tokens", usage.PromptTokens);
            activity.SetTag("gen_ai.usage.output_tokens", usage.CompletionTokens);
        }

        if (failure is not null)
        {
            activity.SetTag("error.type", failure.GetType().FullName);
            activity.SetStatus(ActivityStatusCode.Error, failure.Message);
        }

        activity.Dispose();
    }
}
