using System.Text.Json;

namespace Atlas.Learning.Training;

/// <summary>One trajectory event.</summary>
/// <param name="Id">The number of its row.</param>
/// <param name="Event">As it was stored.</param>
/// <param name="CreatedAt">When it was stored.</param>
public sealed record TrainingEvent(long Id, JsonElement? Event, DateTimeOffset CreatedAt);
