using System.Text.Json.Nodes;

namespace Atlas.Runtime.Agents;

/// <summary>A tool that an agent is to execute by itself.</summary>
/// <param name="Name">The tool's name.</param>
/// <param name="Arguments">What it is called with.</param>
public sealed record ToolPayload(string Name, JsonObject Arguments);
