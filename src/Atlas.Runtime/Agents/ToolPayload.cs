using System.Text.Json.Nodes;

namespace Atlas.Runtime.Agents;

/// <summary>A tool that an agent is to execute.</summary>
/// <param name="Name">The tool's name.</param>
/// <param name="Arguments">The arguments of the call.</param>
public sealed record ToolPayload(string Name, JsonObject Arguments);
