namespace Atlas.Models.Providers.Wire;

/// <summary>How an answer ended.</summary>
internal enum Finish
{
    /// <summary>The model was done, or stopped for an unknown reason.</summary>
    Stop,

    /// <summary>The model calls tools.</summary>
    ToolCalls,

    /// <summary>A token limit was reached.</summary>
    Length,

    /// <summary>A filter ended it, or the model refused.</summary>
    Filtered,

    /// <summary>The server failed.</summary>
    Broken,
}

/// <summary>The words that servers use for how an answer ended.</summary>
internal static class FinishWords
{
    /// <summary>Returns the meaning of a word; null if it is empty and the answer continues.</summary>
    public static Finish? Of(string word) => word.Trim().ToLowerInvariant() switch
    {
        "" or "null" => null,
        "tool_calls" or "function_call" or "tool_use" or "tool_call" or "function_calls" => Finish.ToolCalls,
        "length" or "max_tokens" or "max_output_tokens" or "model_length" or "model_context_window_exceeded" or "context_length_exceeded" => Finish.Length,
        "content_filter" or "content_filtered" or "refusal" or "safety" or "recitation" or "blocklist" or "prohibited_content" or "spii"
            or "image_safety" or "guardrail_intervened" => Finish.Filtered,
        "error" or "abort" or "aborted" or "cancelled" or "canceled" or "insufficient_system_resource" or "network_error" or "timeout"
            or "malformed_function_call" or "unexpected_tool_call" or "pause_turn" => Finish.Broken,
        _ => Finish.Stop,
    };
}
