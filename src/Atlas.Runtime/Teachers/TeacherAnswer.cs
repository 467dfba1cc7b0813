using System.Text.Json.Nodes;

namespace Atlas.Runtime.Teachers;

/// <summary>What the teacher's model said.</summary>
/// <param name="Json">The JSON; null if there is none.</param>
/// <param name="Thoughts">What it thought aloud; empty if it did not.</param>
/// <param name="Problem">Why there is no JSON; null if there is.</param>
internal sealed record TeacherAnswer(JsonNode? Json, string Thoughts, string? Problem);
