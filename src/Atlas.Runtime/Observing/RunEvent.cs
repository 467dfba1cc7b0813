using System.Text.Json.Nodes;
using Atlas.Domain;

namespace Atlas.Runtime.Observing;

/// <summary>An event of a session: what is stored in <c>trajectory_events</c>, and chunks of text as they arrive.</summary>
/// <remarks>The JSON nodes are shared by everyone who sees the event: read them, but never change them.</remarks>
public sealed record RunEvent
{
    /// <summary>Gets the id, which a start shares with its end; a chunk has the id of what it belongs to.</summary>
    public required Guid Id { get; init; }

    /// <summary>Gets the id of the enclosing event; null for the session itself.</summary>
    public Guid? ParentId { get; init; }

    /// <summary>Gets the type, such as <c>TASK_START</c> or <c>LLM_NEW_TOKEN</c>; one of <see cref="RunEventTypes"/>.</summary>
    public required string Type { get; init; }

    /// <summary>Gets the name, such as <c>plan_creation</c>, <c>step_2</c>, or a tool's name.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the actor: <c>student</c>, <c>teacher</c> or <c>runtime</c>.</summary>
    public required string Actor { get; init; }

    /// <summary>Gets the step; null outside a step.</summary>
    public int? StepId { get; init; }

    /// <summary>Gets the time.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>Gets the input, with a start.</summary>
    public JsonNode? Input { get; init; }

    /// <summary>Gets the output, with an end.</summary>
    public JsonNode? Output { get; init; }

    /// <summary>Gets the chunk: for <c>LLM_NEW_TOKEN</c> the object <c>{text, token_counts}</c>, for <c>SPAN_CHUNK</c> a string.</summary>
    public JsonNode? Chunk { get; init; }

    /// <summary>Gets the usage of a call, with <c>LLM_END</c>; null if the provider did not report it.</summary>
    public TokenUsage? Usage { get; init; }

    /// <summary>Gets further facts, such as <c>node_type</c> and <c>run_id</c>.</summary>
    public JsonObject? Metadata { get; init; }

    /// <summary>Gets the duration, with an end.</summary>
    public TimeSpan? Duration { get; init; }
}
