using System.Collections.Immutable;
using System.Text.Json;

namespace Atlas.Learning.Training;

/// <summary>One step of a session.</summary>
/// <param name="StepId">Its number in the plan.</param>
/// <param name="Trace">Transcript of the last attempt.</param>
/// <param name="Output">What the executor returned last, as it was.</param>
/// <param name="Evaluation">Of the last attempt.</param>
/// <param name="Attempts">How many there were; null if that was not recorded.</param>
/// <param name="Metadata">As it was stored; null if it is no object.</param>
/// <param name="AttemptDetails">The attempts in order.</param>
/// <param name="Guidance">The teacher's notes in order.</param>
public sealed record TrainingStep(
    int StepId, string? Trace, string? Output, JsonElement? Evaluation, int? Attempts, JsonElement? Metadata,
    ImmutableArray<TrainingAttempt> AttemptDetails, ImmutableArray<string> Guidance);
