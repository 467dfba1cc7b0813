namespace Atlas.Queries.Training;

/// <summary>A position in the order of sessions, newest first.</summary>
/// <param name="CreatedAt">When the session began.</param>
/// <param name="Id">Its number.</param>
public sealed record TrainingPosition(DateTimeOffset CreatedAt, long Id);
