using System.Text.Json;
using Atlas.Domain.Json;
using Atlas.Runtime;
using Atlas.Runtime.Observing;

namespace Atlas.Cli.Run.Console;

/// <summary>Writes a line of JSON for everything that happens: <c>{"event": "session_started" | "trajectory" | "session_completed",
/// …}</c>.</summary>
/// <param name="writer">Standard output.</param>
/// <param name="withSteps">Whether plan and steps are written; the records contain them either way.</param>
internal sealed class JsonLines(TextWriter writer, bool withSteps) : IRunObserver
{
    private readonly Lock _lock = new();

    public void Started(RunStarted started) => Write(new
    {
        Event = "session_started",
        started.SessionId,
        started.LearningKey,
        started.Task,
        Playbook = PlaybookStamp.Of(started.Playbook),
        PlaybookApplied = started.Playbook.ApplyToPrompts,
    });

    public void Happened(RunEvent happened)
    {
        var isOutside = happened.StepId is null && happened.Type is RunEventTypes.WorkflowStart or RunEventTypes.WorkflowEnd
            or RunEventTypes.CustomStart or RunEventTypes.CustomEnd;
        if (withSteps || isOutside)
        {
            Write(new
            {
                Event = "trajectory",
                happened.Type,
                happened.Name,
                happened.Actor,
                happened.StepId,
                happened.Time,
                happened.Id,
                happened.ParentId,
                happened.Input,
                happened.Output,
                happened.Chunk,
                happened.Usage,
                DurationSeconds = happened.Duration?.TotalSeconds,
            });
        }
    }

    /// <summary>Writes the last line of a session.</summary>
    public void End<T>(T result) => Write(new { Event = "session_completed", Result = result });

    private void Write<T>(T line)
    {
        var json = JsonSerializer.Serialize(line, AtlasJson.Options);
        lock (_lock)
        {
            writer.WriteLine(json);
            writer.Flush();
        }
    }
}
