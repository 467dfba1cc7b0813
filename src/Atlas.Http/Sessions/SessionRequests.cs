using System.ComponentModel;
using System.Text.Json;
using Atlas.Domain;

namespace Atlas.Http.Sessions;

/// <summary>A session to open.</summary>
/// <param name="Task">The raw task text; not blank.</param>
/// <param name="LearningKey">The learning key; left out, it is derived from agent, task and metadata.</param>
/// <param name="Agent">Name of the agent, part of a derived key.</param>
/// <param name="Metadata">The caller's metadata, a JSON object.</param>
/// <param name="ExternalId">The caller's own identity of this session; starting it again returns the same session.</param>
/// <param name="LeaseSeconds">Seconds without a sign of life after which the running session is closed as failed, 1 to 604800;
/// 0 means never, left out means what the silo is configured to.</param>
internal sealed record StartRequest(
    [property: Description("The raw task text; not blank.")] string Task,
    [property: Description("The learning key; left out, it is derived from agent, task and metadata.")] string? LearningKey = null,
    [property: Description("Name of the agent, part of a derived key.")] string? Agent = null,
    [property: Description("The caller's metadata, a JSON object.")] JsonElement? Metadata = null,
    [property: Description("The caller's own identity of this session; starting it again returns the same session.")] string? ExternalId = null,
    [property: Description("Seconds of silence after which the running session is closed as failed; 0 for never.")] int? LeaseSeconds = null);

/// <summary>Events to append.</summary>
/// <param name="Events">JSON objects of any form, in order; 1 to 10,000.</param>
/// <param name="FirstSequence">Number of the first one, from 0. Repeating a number changes nothing. Left out, they are put behind what
/// is there.</param>
/// <param name="ResponseIds">Ids of the provider's answers that belong to the session; it can be named by them from then on.</param>
internal sealed record EventsRequest(
    [property: Description("JSON objects in order; 1 to 10,000.")] JsonElement[] Events,
    [property: Description("Number of the first event; repeating a number changes nothing. Left out: behind what is there.")] int? FirstSequence = null,
    [property: Description("Ids of the provider's answers (chatcmpl-…, resp_…, msg_…), by which the session can be named from then on. An event whose id or response_id begins so is noticed by itself.")] string[]? ResponseIds = null);

/// <summary>The plan of a session.</summary>
/// <param name="Plan">A JSON object; it replaces an earlier one.</param>
internal sealed record PlanRequest([property: Description("A JSON object; it replaces an earlier plan.")] JsonElement Plan);

/// <summary>One step of a session; it replaces what was stored of this step.</summary>
/// <param name="StepId">The step's number in the plan.</param>
/// <param name="Trace">Transcript of the last attempt.</param>
/// <param name="Output">What the executor returned last.</param>
/// <param name="Evaluation">A JSON object.</param>
/// <param name="Metadata">A JSON object.</param>
/// <param name="AttemptEvaluations">One evaluation per attempt, in order.</param>
/// <param name="Guidance">The teacher's notes, in order.</param>
internal sealed record StepRequest(
    [property: Description("The step's number in the plan.")] int StepId,
    [property: Description("Transcript of the last attempt.")] string? Trace = null,
    [property: Description("What the executor returned last.")] string? Output = null,
    JsonElement? Evaluation = null,
    JsonElement? Metadata = null,
    [property: Description("One evaluation per attempt, in order.")] JsonElement[]? AttemptEvaluations = null,
    [property: Description("The teacher's notes, in order.")] string[]? Guidance = null);

/// <summary>A note of the teacher on a step.</summary>
/// <param name="StepId">The step.</param>
/// <param name="Note">The note; not blank. The same note again changes nothing.</param>
internal sealed record GuidanceRequest(int StepId, string Note);

/// <summary>Which entries fired and were adopted.</summary>
/// <param name="Usage">A JSON object of the form <c>learning_usage</c>; it replaces what was stored.</param>
internal sealed record UsageRequest([property: Description("A JSON object of the form learning_usage; it replaces what was stored.")] JsonElement Usage);

/// <summary>A reward.</summary>
/// <param name="Score">0 to 1.</param>
/// <param name="Uncertainty">0 to 1; left out if unknown.</param>
/// <param name="Judge">Who judged.</param>
/// <param name="Rationale">Why, in the judge's words.</param>
internal sealed record RewardRequest(
    [property: Description("0 to 1.")] double Score,
    [property: Description("0 to 1.")] double? Uncertainty = null,
    [property: Description("Who judged; left out, the caller.")] string? Judge = null,
    [property: Description("Why, in the judge's words.")] string? Rationale = null)
{
    public SessionReward Reward() => Judge is null ? new(Score, Uncertainty, Rationale: Rationale) : new(Score, Uncertainty, Judge, Rationale);
}

/// <summary>A reviewer's word on a session.</summary>
/// <param name="Status"><c>approved</c>, <c>quarantined</c> or <c>pending</c>.</param>
/// <param name="Reviewer">Who decided; left out, the name of the API key.</param>
/// <param name="Note">Why.</param>
internal sealed record ReviewRequest(
    ReviewStatus Status,
    [property: Description("Who decided; left out, the name of the API key.")] string? Reviewer = null,
    string? Note = null);

/// <summary>How a session ended.</summary>
/// <param name="Status"><c>succeeded</c> or <c>failed</c>.</param>
/// <param name="FinalAnswer">The answer.</param>
/// <param name="Reward">The reward, if the caller has one.</param>
/// <param name="Review">The review that goes with it, if there was one.</param>
/// <param name="Metadata">Keys to merge into the session's metadata.</param>
/// <param name="StudentNote">What the student should remember of this one session.</param>
/// <param name="TeacherNote">The same for the teacher.</param>
/// <param name="ResponseIds">Ids of the provider's answers that belong to the session.</param>
internal sealed record CompleteRequest(
    [property: Description("succeeded or failed.")] SessionStatus Status,
    string? FinalAnswer = null,
    RewardRequest? Reward = null,
    ReviewRequest? Review = null,
    [property: Description("Keys to merge into the session's metadata.")] JsonElement? Metadata = null,
    string? StudentNote = null,
    string? TeacherNote = null,
    [property: Description("Ids of the provider's answers (chatcmpl-…, resp_…, msg_…), by which the session can be named from then on.")] string[]? ResponseIds = null);
