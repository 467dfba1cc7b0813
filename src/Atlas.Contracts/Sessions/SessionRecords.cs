using System.Collections.Immutable;
using Atlas.Contracts.Review;

namespace Atlas.Contracts.Sessions;

/// <summary>One step of a session.</summary>
/// <param name="StepId">The step's number in the plan.</param>
/// <param name="Trace">Transcript of the last attempt.</param>
/// <param name="Output">What the executor returned last.</param>
/// <param name="EvaluationJson">A JSON object of the form <c>step_results.evaluation</c>.</param>
/// <param name="MetadataJson">A JSON object of the form <c>step_results.metadata</c>.</param>
/// <param name="AttemptEvaluationsJson">One evaluation per attempt, in order.</param>
/// <param name="Guidance">The teacher's notes, in order.</param>
[GenerateSerializer, Immutable, Alias("atlas.step-record")]
public sealed record StepRecord(
    [property: Id(0)] int StepId,
    [property: Id(1)] string? Trace,
    [property: Id(2)] string? Output,
    [property: Id(3)] string? EvaluationJson,
    [property: Id(4)] string? MetadataJson,
    [property: Id(5)] ImmutableArray<string> AttemptEvaluationsJson,
    [property: Id(6)] ImmutableArray<string> Guidance);

/// <summary>How a session ended.</summary>
/// <param name="Status"><c>succeeded</c> or <c>failed</c>.</param>
/// <param name="FinalAnswer">The answer; null counts as empty.</param>
/// <param name="Reward">The reward, if the caller has one.</param>
/// <param name="Review">The review that goes with it, if there was one; null leaves it to the configuration.</param>
/// <param name="MetadataJson">Keys to merge into the session's metadata; a JSON object or null.</param>
/// <param name="StudentNote">What the student should remember of this one session; not stored with <c>learning.session_note_enabled</c> off.</param>
/// <param name="TeacherNote">The same for the teacher.</param>
[GenerateSerializer, Immutable, Alias("atlas.complete-session")]
public sealed record CompleteSession(
    [property: Id(0)] string Status,
    [property: Id(1)] string? FinalAnswer = null,
    [property: Id(2)] SessionReward? Reward = null,
    [property: Id(3)] ReviewDecision? Review = null,
    [property: Id(4)] string? MetadataJson = null,
    [property: Id(5)] string? StudentNote = null,
    [property: Id(6)] string? TeacherNote = null);

/// <summary>A reward that the caller brings.</summary>
/// <param name="Score">0 to 1.</param>
/// <param name="Uncertainty">0 to 1; null if unknown.</param>
/// <param name="Judge">Who judged, say <c>environment</c>.</param>
/// <param name="Rationale">Why, in the judge's words.</param>
[GenerateSerializer, Immutable, Alias("atlas.session-reward")]
public sealed record SessionReward(
    [property: Id(0)] double Score,
    [property: Id(1)] double? Uncertainty = null,
    [property: Id(2)] string Judge = "caller",
    [property: Id(3)] string? Rationale = null);

/// <summary>The answer to <see cref="ISessionGrain.Complete"/>: everything is stored.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="Status">How it ended, now or at the first call.</param>
/// <param name="ReviewStatus"><c>pending</c>, <c>approved</c> or <c>quarantined</c>.</param>
/// <param name="Learning"><c>applied</c> (counted, teaches), <c>observed</c> (counted, does not teach), <c>queued</c> (will be
/// counted as soon as the key can be reached) or <c>off</c>.</param>
/// <param name="Reason">Why it does not teach, or why it is queued; null otherwise.</param>
[GenerateSerializer, Immutable, Alias("atlas.session-completed")]
public sealed record SessionCompleted(
    [property: Id(0)] long SessionId,
    [property: Id(1)] string Status,
    [property: Id(2)] string ReviewStatus,
    [property: Id(3)] string Learning,
    [property: Id(4)] string? Reason);

/// <summary>The answer to <see cref="ISessionGrain.Review"/>.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="ReviewStatus">Its status now.</param>
/// <param name="Teaches">Whether it feeds the synthesizer.</param>
/// <param name="TaughtVersion">Of a quarantined session the first playbook version that was learned from it: going back to the
/// version before it undoes what it taught. Null if it taught nothing.</param>
[GenerateSerializer, Immutable, Alias("atlas.session-reviewed")]
public sealed record SessionReviewed(
    [property: Id(0)] long SessionId,
    [property: Id(1)] string ReviewStatus,
    [property: Id(2)] bool Teaches,
    [property: Id(3)] int? TaughtVersion = null);
