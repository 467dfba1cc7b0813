using System.Text.Json.Nodes;
using Atlas.Domain;

namespace Atlas.Runtime.Observing;

/// <summary>An event of a session: what stands in <c>trajectory_events</c>, and pieces of text as they come.</summary>
/// <remarks>The nodes belong to everybody who sees the event: read them, never change them.</remarks>
public sealed record RunEvent
{
    /// <summary>Pairs a start with its end; a chunk carries the id of what it is a piece of.</summary>
    public required Guid Id { get; init; }

    /// <summary>What it happened within; null for the session itself.</summary>
    public Guid? ParentId { get; init; }

    /// <summary>Say <c>TASK_START</c> or <c>LLM_NEW_TOKEN</c>; one of <see cref="RunEventTypes"/>.</summary>
    public required string Type { get; init; }

    /// <summary>Say <c>plan_creation</c>, <c>step_2</c>, or a tool's name.</summary>
    public required string Name { get; init; }

    /// <summary><c>student</c>, <c>teacher</c> or <c>runtime</c>.</summary>
    public required string Actor { get; init; }

    /// <summary>The step; null outside of steps.</summary>
    public int? StepId { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>What went in, with a start.</summary>
    public JsonNode? Input { get; init; }

    /// <summary>What came out, with an end.</summary>
    public JsonNode? Output { get; init; }

    /// <summary>A piece: of <c>LLM_NEW_TOKEN</c> the object <c>{text, token_counts}</c>, of <c>SPAN_CHUNK</c> a text.</summary>
    public JsonNode? Chunk { get; init; }

    /// <summary>What a call cost, with <c>LLM_END</c>; null if the provider did not say.</summary>
    public TokenUsage? Usage { get; init; }

    /// <summary>Further facts, say <c>node_type</c> and <c>run_id</c>.</summary>
    public JsonObject? Metadata { get; init; }

    /// <summary>How long it took, with an end.</summary>
    public TimeSpan? Duration { get; init; }
}
