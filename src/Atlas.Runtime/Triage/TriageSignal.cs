using System.Text.Json.Nodes;

namespace Atlas.Runtime.Triage;

/// <summary>A measurement or fact.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="Value">The value.</param>
/// <param name="Confidence">The confidence, from 0 to 1; null if unknown.</param>
/// <param name="Annotation">A remark; null if there is none.</param>
public sealed record TriageSignal(string Name, JsonNode? Value, double? Confidence = null, string? Annotation = null);
