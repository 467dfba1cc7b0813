using System.Text.Json.Nodes;

namespace Atlas.Discovery.Findings;

/// <summary>A function that an agent can call.</summary>
/// <param name="Name">The name the agent calls it by.</param>
/// <param name="Description">What it says of itself; null if it says nothing.</param>
/// <param name="Function">The function behind it; null if it could not be found in the sources.</param>
/// <param name="Parameters">A JSON schema of its arguments.</param>
/// <param name="Kind">How it is declared: <c>ai_function</c>, <c>mcp_tool</c>, <c>kernel_function</c>, <c>decorated</c>.</param>
/// <param name="At">Where.</param>
public sealed record ToolFinding(string Name, string? Description, string? Function, JsonObject Parameters, string Kind, SourceLocation At);
