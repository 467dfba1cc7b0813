namespace Atlas.Runtime.Observing;

/// <summary>The types of events, as they are stored.</summary>
public static class RunEventTypes
{
    public const string WorkflowStart = "WORKFLOW_START";
    public const string WorkflowEnd = "WORKFLOW_END";
    public const string FunctionStart = "FUNCTION_START";
    public const string FunctionEnd = "FUNCTION_END";
    public const string CustomStart = "CUSTOM_START";
    public const string CustomEnd = "CUSTOM_END";
    public const string TaskStart = "TASK_START";
    public const string TaskEnd = "TASK_END";
    public const string LlmStart = "LLM_START";
    public const string LlmEnd = "LLM_END";
    public const string LlmNewToken = "LLM_NEW_TOKEN";
    public const string ToolStart = "TOOL_START";
    public const string ToolEnd = "TOOL_END";
    public const string SpanStart = "SPAN_START";
    public const string SpanChunk = "SPAN_CHUNK";
    public const string SpanEnd = "SPAN_END";
}
