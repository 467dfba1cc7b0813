using System.Text.Json.Nodes;

namespace Atlas.Discovery.Findings;

/// <summary>A function that an agent can call.</summary>
/// <param name="Name">The name by which the agent calls it.</param>
/// <param name="Description">Its description; null if it has none.</param>
/// <param name="Function">The function behind it; null if it was not found in the sources.</param>
/// <param name="Parameters">A JSON schema of its arguments.</param>
/// <param name="Kind">How it is declared: <c>ai_function</c>, <c>mcp_tool</c>, <c>kernel_function</c>, <c>decorated</c>.</param>
/// <param name="At">The location.</param>
public sealed record ToolFinding(string Name, string? Description, string? Function, JsonObject Parameters, string Kind, SourceLocation At);
