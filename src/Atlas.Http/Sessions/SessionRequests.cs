using System.ComponentModel;
using System.Text.Json;
using Atlas.Domain;

namespace Atlas.Http.Sessions;

/// <summary>A request to start a session.</summary>
/// <param name="Task">The task as the agent gets it; not blank.</param>
/// <param name="LearningKey">The learning key. If omitted, it is derived from agent, task and metadata.</param>
/// <param name="Agent">The name of the agent; part of a derived learning key.</param>
/// <param name="Metadata">Your metadata for the session, a JSON object.</param>
/// <param name="ExternalId">Your own id of the session, up to 512 characters. Starting it again returns the same session.</param>
/// <param name="LeaseSeconds">The seconds of inactivity after which the running session is closed as failed, from 1 to 604,800; 0 means
/// never. If omitted, the silo's configuration decides.</param>
internal sealed record StartRequest(
    [property: Description("The task as the agent gets it; not blank.")] string Task,
    [property: Description("The learning key. If omitted, it is derived from agent, task and metadata.")] string? LearningKey = null,
    [property: Description("The name of the agent; part of a derived learning key.")] string? Agent = null,
    [property: Description("Your metadata for the session, a JSON object.")] JsonElement? Metadata = null,
    [property: Description("Your own id of the session, up to 512 characters. Starting it again returns the same session.")] string? ExternalId = null,
    [property: Description("The seconds of inactivity after which the running session is closed as failed, from 1 to 604,800; 0 means never. If omitted, the silo's configuration decides.")] int? LeaseSeconds = null);

/// <summary>Events to append.</summary>
/// <param name="Events">The events in order, 1 to 10,000 JSON objects.</param>
/// <param name="FirstSequence">The number of the first event, from 0. Repeating a number changes nothing. If omitted, the events go to
/// the end.</param>
/// <param name="ResponseIds">Ids of the provider's answers (<c>chatcmpl-…</c>, <c>resp_…</c>, <c>msg_…</c>), up to 1,000. From then on,
/// each can be used in place of the session's number. The <c>id</c> or <c>response_id</c> of an event is recognized if it begins like
/// that.</param>
internal sealed record EventsRequest(
    [property: Description("The events in order, 1 to 10,000 JSON objects.")] JsonElement[] Events,
    [property: Description("The number of the first event, from 0. Repeating a number changes nothing. If omitted, the events go to the end.")] int? FirstSequence = null,
    [property: Description("Ids of the provider's answers (chatcmpl-…, resp_…, msg_…), up to 1,000. From then on, each can be used in place of the session's number. The id or response_id of an event is recognized if it begins like that.")] string[]? ResponseIds = null);

/// <summary>The plan of a session.</summary>
/// <param name="Plan">The plan, a JSON object. It replaces an earlier plan.</param>
internal sealed record PlanRequest([property: Description("The plan, a JSON object. It replaces an earlier plan.")] JsonElement Plan);

/// <summary>A step of a session. It replaces an earlier record of the step.</summary>
/// <param name="StepId">The number of the step in the plan.</param>
/// <param name="Trace">The transcript of the last attempt.</param>
/// <param name="Output">The last output of the executor.</param>
/// <param name="Evaluation">The evaluation of the last attempt, a JSON object.</param>
/// <param name="Metadata">Your metadata for the step, a JSON object.</param>
/// <param name="AttemptEvaluations">The evaluation of each attempt, in order; null for an attempt without one.</param>
/// <param name="Guidance">The teacher's notes, in order.</param>
internal sealed record StepRequest(
    [property: Description("The number of the step in the plan.")] int StepId,
    [property: Description("The transcript of the last attempt.")] string? Trace = null,
    [property: Description("The last output of the executor.")] string? Output = null,
    JsonElement? Evaluation = null,
    JsonElement? Metadata = null,
    [property: Description("The evaluation of each attempt, in order; null for an attempt without one.")] JsonElement[]? AttemptEvaluations = null,
    [property: Description("The teacher's notes, in order.")] string[]? Guidance = null);

/// <summary>A teacher's note on a step.</summary>
/// <param name="StepId">The number of the step in the plan.</param>
/// <param name="Note">The note; not blank. Repeating the same note changes nothing.</param>
internal sealed record GuidanceRequest(int StepId, string Note);

/// <summary>Which entries fired and were adopted.</summary>
/// <param name="Usage">A JSON object in the form of <c>learning_usage</c>. It replaces an earlier record.</param>
internal sealed record UsageRequest([property: Description("A JSON object in the form of learning_usage. It replaces an earlier record.")] JsonElement Usage);

/// <summary>A reward.</summary>
/// <param name="Score">How well the session went, from 0 to 1.</param>
/// <param name="Uncertainty">The uncertainty of the score, from 0 to 1. Omit it if unknown.</param>
/// <param name="Judge">Who judged. The default is <c>caller</c>.</param>
/// <param name="Rationale">The reasons for the score.</param>
internal sealed record RewardRequest(
    [property: Description("How well the session went, from 0 to 1.")] double Score,
    [property: Description("The uncertainty of the score, from 0 to 1. Omit it if unknown.")] double? Uncertainty = null,
    [property: Description("Who judged. The default is caller.")] string? Judge = null,
    [property: Description("The reasons for the score.")] string? Rationale = null)
{
    public SessionReward Reward() => Judge is null ? new(Score, Uncertainty, Rationale: Rationale) : new(Score, Uncertainty, Judge, Rationale);
}

/// <summary>A decision whether a session may teach.</summary>
/// <param name="Status"><c>approved</c>, <c>quarantined</c> or <c>pending</c>.</param>
/// <param name="Reviewer">Who decided. The default is the name of the API key.</param>
/// <param name="Note">The reason for the decision.</param>
/// <param name="OnlyWhile">The review status that the session must still have, or the decision is refused. It is ignored at the end of a
/// session.</param>
internal sealed record ReviewRequest(
    ReviewStatus Status,
    [property: Description("Who decided. The default is the name of the API key.")] string? Reviewer = null,
    string? Note = null,
    [property: Description("The review status that the session must still have, or the decision is refused. It is ignored at the end of a session.")] ReviewStatus? OnlyWhile = null);

/// <summary>How a session ended.</summary>
/// <param name="Status"><c>succeeded</c> or <c>failed</c>.</param>
/// <param name="FinalAnswer">The agent's final answer.</param>
/// <param name="Reward">The reward. Omit it if judges find it, or if it comes later.</param>
/// <param name="Review">A decision whether the session may teach. It is ignored without the scope <c>review</c>.</param>
/// <param name="Metadata">Members to merge into the session's metadata, a JSON object.</param>
/// <param name="StudentNote">What the student should remember of this session.</param>
/// <param name="TeacherNote">What the teacher should remember of this session.</param>
/// <param name="ResponseIds">Ids of the provider's answers (<c>chatcmpl-…</c>, <c>resp_…</c>, <c>msg_…</c>), up to 1,000. From then on,
/// each can be used in place of the session's number.</param>
internal sealed record CompleteRequest(
    [property: Description("How the session ended: succeeded or failed.")] SessionStatus Status,
    string? FinalAnswer = null,
    RewardRequest? Reward = null,
    ReviewRequest? Review = null,
    [property: Description("Members to merge into the session's metadata, a JSON object.")] JsonElement? Metadata = null,
    string? StudentNote = null,
    string? TeacherNote = null,
    [property: Description("Ids of the provider's answers (chatcmpl-…, resp_…, msg_…), up to 1,000. From then on, each can be used in place of the session's number.")] string[]? ResponseIds = null);
