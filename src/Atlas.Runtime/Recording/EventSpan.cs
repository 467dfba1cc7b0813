using System.Diagnostics;
using System.Text.Json.Nodes;
using Atlas.Domain;
using Atlas.Runtime.Observing;

namespace Atlas.Runtime.Recording;

/// <summary>An event that has started. Its creator ends it, once. Nothing in it is shared, so parallel steps cannot mix them up.</summary>
internal sealed class EventSpan
{
    private readonly EventLog _log;
    private readonly EventKind _kind;
    private readonly Activity? _activity;
    private readonly long _began;
    private bool _ended;

    public EventSpan(EventLog log, EventKind kind, string name, string actor, int? stepId, EventSpan? parent, long began)
    {
        (_log, _kind, Name, Actor, StepId, Parent, _began) = (log, kind, name, actor, stepId, parent, began);
        _activity = EventActivity.Start(kind, name, actor, stepId, parent?._activity);
    }

    public Guid Id { get; } = Guid.NewGuid();

    public string Name { get; }

    public string Actor { get; }

    public int? StepId { get; }

    public EventSpan? Parent { get; }

    public void Begin(JsonNode? input, JsonObject? metadata) => Write(_kind.Start, input: input, metadata: metadata);

    /// <summary>Adds a chunk of the result.</summary>
    /// <param name="chunk">The chunk.</param>
    /// <param name="metadata">Further facts.</param>
    /// <param name="shown">Whether observers are notified.</param>
    /// <param name="stored">Whether it goes into the records.</param>
    public void Chunk(JsonNode chunk, JsonObject? metadata = null, bool shown = true, bool stored = true) =>
        Write(_kind.Chunk!, chunk: chunk, metadata: metadata, shown: shown, stored: stored);

    public void End(JsonNode? output, TokenUsage? usage = null, JsonObject? metadata = null)
    {
        if (_ended)
        {
            return;
        }

        _ended = true;
        Write(_kind.End, output: output, usage: usage, metadata: metadata, duration: _log.Since(_began));
        EventActivity.Stop(_activity, usage, null);
    }

    /// <summary>Ends it with <c>{error}</c>.</summary>
    public void Fail(Exception failure)
    {
        if (_ended)
        {
            return;
        }

        _ended = true;
        Write(_kind.End, output: new JsonObject { ["error"] = failure.Message }, duration: _log.Since(_began));
        EventActivity.Stop(_activity, null, failure);
    }

    public void Tag(string key, object? value) => _activity?.SetTag(key, value);

    private void Write(
        string type,
        JsonNode? input = null,
        JsonNode? output = null,
        JsonNode? chunk = null,
        TokenUsage? usage = null,
        JsonObject? metadata = null,
        TimeSpan? duration = null,
        bool shown = true,
        bool stored = true) =>
        _log.Write(
            this,
            new RunEvent
            {
                Id = Id,
                ParentId = Parent?.Id,
                Type = type,
                Name = Name,
                Actor = Actor,
                StepId = StepId,
                Time = _log.Now,
                Input = input,
                Output = output,
                Chunk = chunk,
                Usage = usage,
                Metadata = metadata,
                Duration = duration,
            },
            shown,
            stored);
}
