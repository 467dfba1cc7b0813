using System.Collections.Immutable;
using System.Text.Json;

namespace Atlas.Learning.Training;

/// <summary>One step of a session.</summary>
/// <param name="StepId">Its number in the plan.</param>
/// <param name="Trace">Transcript of the last attempt.</param>
/// <param name="Output">The executor's last result, unchanged.</param>
/// <param name="Evaluation">The evaluation of the last attempt.</param>
/// <param name="Attempts">The number of attempts; null if it was not recorded.</param>
/// <param name="Metadata">As it was stored; null if it is not an object.</param>
/// <param name="AttemptDetails">The attempts in order.</param>
/// <param name="Guidance">The teacher's notes in order.</param>
public sealed record TrainingStep(
    int StepId, string? Trace, string? Output, JsonElement? Evaluation, int? Attempts, JsonElement? Metadata,
    ImmutableArray<TrainingAttempt> AttemptDetails, ImmutableArray<string> Guidance);
