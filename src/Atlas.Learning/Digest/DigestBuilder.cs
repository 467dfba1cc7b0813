using System.Text.Json;
using Atlas.Learning.Injection;
using Atlas.Learning.Redaction;

namespace Atlas.Learning.Digest;

/// <summary>Folds trajectory events into a <see cref="SessionDigest"/> one by one, keeping none of them.</summary>
/// <remarks>
/// Reads events in the form of <c>trajectory_events.event</c>, and the same keys without the surrounding <c>payload</c>. Words come from
/// <c>LLM_END</c> events whose actor is the student (or not named). Messages of other roles than the assistant are left out, and so is
/// every playbook that Atlas injected, with all its copies. Tools come from <c>TOOL_START</c>; in a session without such events from
/// <c>TOOL_END</c>, and without those from the calls in the student's messages.
/// Not thread-safe.
/// </remarks>
public sealed class DigestBuilder
{
    // Shares of the 8 kB that a digest can take, in UTF-8 bytes of JSON, including quotes and commas.
    private const int TaskWordBytes = 1200;
    private const int StudentWordBytes = 3600;
    private const int ToolBytes = 2400;

    private readonly InjectedTexts _injected;
    private readonly Redactor _redactor;
    private readonly string _taskKey;
    private readonly BoundedWords _taskWords = new(TaskWordBytes);
    private readonly BoundedWords _studentWords = new(StudentWordBytes);
    private readonly ToolSequence _started = new(ToolBytes);
    private readonly ToolSequence _ended = new(ToolBytes);
    private readonly ToolSequence _requested = new(ToolBytes);
    private int _messages;
    private int _events;

    /// <summary>Starts the digest of a session with this task.</summary>
    /// <param name="task">The task's text; blank is allowed and gives a blank <see cref="SessionDigest.TaskKey"/>.</param>
    /// <param name="injected">The playbooks the session was given; null for none.</param>
    /// <param name="redactor">Removes what a digest must not contain; null removes everything that Atlas recognises.</param>
    public DigestBuilder(string task, InjectedTexts? injected = null, Redactor? redactor = null)
    {
        ArgumentNullException.ThrowIfNull(task);
        _injected = injected ?? InjectedTexts.None;
        _redactor = redactor ?? Redactor.Default;
        _taskKey = Digest.TaskKey.Of(task);
        _taskWords.AddFrom(_redactor.Drop(task));
    }

    /// <summary>Adds the next event. Anything that is not an event is counted and otherwise ignored.</summary>
    public void Add(JsonElement trajectoryEvent)
    {
        _events++;
        var read = EventReader.Read(trajectoryEvent);
        switch (read.EventType)
        {
            case "TOOL_START":
                _started.Add(Named(read.Name));
                break;
            case "TOOL_END":
                _ended.Add(Named(read.Name));
                break;
            case "LLM_END" when read.IsStudent:
                AddMessages(read.Output);
                break;
        }
    }

    /// <summary>Returns the digest of the events so far. Can be called again after further events.</summary>
    public SessionDigest Build()
    {
        var tools = _started.Calls > 0 ? _started : _ended.Calls > 0 ? _ended : _requested;
        return new SessionDigest
        {
            TaskKey = _taskKey,
            TaskWords = _taskWords.Sorted(),
            Tools = tools.Names(),
            StudentWords = _studentWords.Sorted(),
            ToolCalls = tools.Calls,
            StudentMessages = _messages,
            Events = _events,
            Truncated = _taskWords.Truncated || _studentWords.Truncated || tools.Truncated,
        };
    }

    private void AddMessages(JsonElement output)
    {
        foreach (var message in StudentMessage.In(output))
        {
            var own = _redactor.Drop(_injected.Remove(message.Text));
            if (!string.IsNullOrWhiteSpace(own))
            {
                _messages++;
                _studentWords.AddFrom(own);
            }

            foreach (var tool in message.ToolNames)
            {
                _requested.Add(Named(tool));
            }
        }
    }

    private string? Named(string? tool) => tool is null ? null : _redactor.Redact(tool);
}
