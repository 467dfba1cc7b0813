using System.Text.Json;
using System.Text.Json.Nodes;
using Atlas.Runtime.Observing;
using Microsoft.Extensions.Logging;

namespace Atlas.Runtime.Recording;

/// <summary>Writes what happens into the session's records, and tells the observers. Safe for use by many threads.</summary>
internal sealed class EventLog(Action<JsonElement> store, IReadOnlyList<IRunObserver> observers, bool showSteps, TimeProvider time, ILogger log)
{
    private readonly Lock _lock = new();

    public DateTimeOffset Now => time.GetUtcNow();

    public TimeSpan Since(long began) => time.GetElapsedTime(began);

    /// <summary>Begins something.</summary>
    /// <param name="kind">Which types its events have.</param>
    /// <param name="name">What it is.</param>
    /// <param name="actor">Who does it.</param>
    /// <param name="input">What goes in.</param>
    /// <param name="parent">What it happens within; null for the session itself.</param>
    /// <param name="stepId">The step; null takes that of the parent.</param>
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

            // Numbers are given in the order of the calls, so a start is stored before its end.
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

    /// <summary>Tells the observers; whatever they throw changes nothing.</summary>
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

    /// <summary>The plan and the steps, and all that happens within them.</summary>
    private static bool IsIntermediate(EventSpan? span) =>
        span is not null && (span.StepId is not null || span.Name == "plan_creation" || IsIntermediate(span.Parent));
}
