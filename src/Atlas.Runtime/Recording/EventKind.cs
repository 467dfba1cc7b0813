using Atlas.Runtime.Observing;

namespace Atlas.Runtime.Recording;

/// <summary>The three types of one kind of event with a start and an end.</summary>
internal sealed record EventKind(string Start, string End, string? Chunk = null)
{
    public static EventKind Workflow { get; } = new(RunEventTypes.WorkflowStart, RunEventTypes.WorkflowEnd);

    public static EventKind Function { get; } = new(RunEventTypes.FunctionStart, RunEventTypes.FunctionEnd);

    public static EventKind Custom { get; } = new(RunEventTypes.CustomStart, RunEventTypes.CustomEnd);

    public static EventKind Task { get; } = new(RunEventTypes.TaskStart, RunEventTypes.TaskEnd);

    public static EventKind Llm { get; } = new(RunEventTypes.LlmStart, RunEventTypes.LlmEnd, RunEventTypes.LlmNewToken);

    public static EventKind Tool { get; } = new(RunEventTypes.ToolStart, RunEventTypes.ToolEnd);

    public static EventKind Span { get; } = new(RunEventTypes.SpanStart, RunEventTypes.SpanEnd, RunEventTypes.SpanChunk);
}
