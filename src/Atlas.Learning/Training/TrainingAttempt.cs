using System.Text.Json;

namespace Atlas.Learning.Training;

/// <summary>One attempt at a step.</summary>
/// <param name="Attempt">Its number, from 1.</param>
/// <param name="Evaluation">As it was stored.</param>
public sealed record TrainingAttempt(int Attempt, JsonElement? Evaluation);
