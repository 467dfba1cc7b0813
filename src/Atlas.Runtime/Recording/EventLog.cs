using System.Text.Json;
using System.Text.Json.Nodes;
using Atlas.Runtime.Observing;
using Microsoft.Extensions.Logging;

namespace Atlas.Runtime.Recording;

/// <summary>Writes events into the session's records and notifies the observers. Safe for concurrent use.</summary>
internal sealed class EventLog(Action<JsonElement> store, IReadOnlyList<IRunObserver> observers, bool showSteps, TimeProvider time, ILogger log)
{
    private readonly Lock _lock = new();

    public DateTimeOffset Now => time.GetUtcNow();

    public TimeSpan Since(long began) => time.GetElapsedTime(began);

    /// <summary>Starts an event.</summary>
    /// <param name="kind">The types of its events.</param>
    /// <param name="name">The name.</param>
    /// <param name="actor">The actor.</param>
    /// <param name="input">The input.</param>
    /// <param name="parent">The enclosing event; null for the session itself.</param>
    /// <param name="stepId">The step; null for that of the parent.</param>
    /// <param name="metadata">Further facts.</param>
    public EventSpan Start(
        EventKind kind, string name, string actor, JsonNode? input = null, EventSpan? parent = null, int? stepId = null, JsonObject? metadata = null)
    {
        var span = new EventSpan(this, kind, name, actor, stepId ?? parent?.StepId, parent, time.GetTimestamp());
        span.Begin(input, metadata);
        return span;
    }

    public void Write(EventSpan span, RunEvent happened, bool shown, bool stored)
    {
        if (stored)
        {
            var written = EventJson.Write(span, happened);

            // Numbers are assigned in the order of the calls, so a start is stored before its end.
            lock (_lock)
            {
                store(written);
            }
        }

        if (shown && (showSteps || !IsIntermediate(span)))
        {
            Tell(observer => observer.Happened(happened));
        }
    }

    /// <summary>Notifies the observers; their exceptions change nothing.</summary>
    public void Tell(Action<IRunObserver> tell)
    {
        foreach (var observer in observers)
        {
            try
            {
                tell(observer);
            }
            catch (Exception failure)
            {
                log.ObserverFailed(failure, observer.GetType().Name);
            }
        }
    }

    /// <summary>Determines whether an event belongs to the plan or the steps.</summary>
    private static bool IsIntermediate(EventSpan? span) =>
        span is not null && (span.StepId is not null || span.Name == "plan_creation" || IsIntermediate(span.Parent));
}
