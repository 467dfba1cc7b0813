using System.Text.Json.Nodes;

namespace Atlas.Runtime.Teachers;

/// <summary>The answer of the teacher's model.</summary>
/// <param name="Json">The JSON; null if there is none.</param>
/// <param name="Thoughts">The reasoning; empty if there is none.</param>
/// <param name="Problem">Why there is no JSON; null if there is.</param>
internal sealed record TeacherAnswer(JsonNode? Json, string Thoughts, string? Problem);
