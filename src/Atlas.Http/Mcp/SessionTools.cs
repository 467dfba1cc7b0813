using System.ComponentModel;
using System.Text.Json;
using Atlas.Contracts.Sessions;
using Atlas.Domain;
using Atlas.Domain.Sessions;
using Atlas.Http.Access;
using Atlas.Http.Keys;
using Atlas.Http.Problems;
using Atlas.Http.Sessions;
using ModelContextProtocol.Server;

namespace Atlas.Http.Mcp;

/// <summary>Tools with which an agent records its work.</summary>
[McpServerToolType]
internal sealed class SessionTools(McpCalls calls, SessionDesk sessions, EventNumbers numbers, ResponseIds responses)
{
    [McpServerTool(Name = "start_session", Title = "Start a session", ReadOnly = false, Destructive = false, Idempotent = false, OpenWorld = false, UseStructuredContent = true)]
    [Description("Starts a session for a task and returns the playbook to follow. Call it before you begin a task.")]
    public Task<StartedSession> StartSessionAsync(
        [Description("The task, as it was given to you.")] string task,
        [Description("The learning key, for example support/refunds. If omitted, it is derived from agent and task.")] string? learning_key = null,
        [Description("The name of the agent.")] string? agent = null,
        [Description("Your own id of the session. Starting a session with the same id again returns the same session.")] string? external_id = null)
    {
        var operation = $"mcp:{Guid.NewGuid():N}";
        return calls.RunAsync(Scopes.Record, async caller =>
        {
            var started = await sessions.StartAsync(new StartRequest(task, learning_key, agent, null, external_id), caller, operation).ConfigureAwait(false);
            var playbook = PlaybookBytes.Of(started.Playbook, caller);
            await calls.NoteAsync("StartSession", McpCalls.Text(started.SessionId)).ConfigureAwait(false);
            return new StartedSession(
                started.SessionId, caller.Show(started.LearningKey), playbook.Shown.Version, playbook.Digest,
                playbook.Shown.ApplyToPrompts ? playbook.Shown.Student?.Text ?? "" : "");
        });
    }

    [McpServerTool(Name = "record_events", Title = "Record events", ReadOnly = false, Destructive = false, Idempotent = false, OpenWorld = false, UseStructuredContent = true)]
    [Description("Appends events, such as tool calls, results and messages, to a running session.")]
    public Task<EventsAnswer> RecordEventsAsync(
        [Description("The session_id that start_session returned.")] long session_id,
        [Description("The events in order, at least one. Each is a JSON object, for example {\"type\": \"tool_call\", \"name\": \"get_order\"}.")] JsonElement[] events)
    {
        int? numbered = null;
        return calls.RunAsync(Scopes.Record, caller =>
        {
            var recorded = events.Select((one, index) => SessionMessages.Demand(one, FormattableString.Invariant($"events[{index}]"))).ToArray();
            var answers = ResponseIds.Of(null, recorded);
            return sessions.CallAsync(
                McpCalls.Text(session_id),
                caller,
                async session =>
                {
                    if (recorded.Length == 0)
                    {
                        throw Problem.InvalidRequest.With("There are no events to record.");
                    }

                    // Everything that can fail comes before the events: a model that is told of a failure records them again.
                    var first = numbered ??= await numbers.TakeAsync(session_id, recorded.Length, null).ConfigureAwait(false);
                    await responses.NoteAsync(caller, session_id, answers).ConfigureAwait(false);
                    await session.Append(first, [.. recorded]).ConfigureAwait(false);
                    return new EventsAnswer(session_id, first, first + recorded.Length);
                },
                calls.Request.RequestAborted);
        });
    }

    [McpServerTool(Name = "report_outcome", Title = "Report an outcome", ReadOnly = false, Destructive = false, Idempotent = true, OpenWorld = false, UseStructuredContent = true)]
    [Description("Ends a session with its answer and, if known, its reward. Call it when the task is done or has failed. If the session ended without a reward, it adds the reward.")]
    public Task<SessionCompleted> ReportOutcomeAsync(
        [Description("The session_id that start_session returned.")] long session_id,
        [Description("true if the task was done, false if it failed.")] bool succeeded,
        [Description("The final answer.")] string? final_answer = null,
        [Description("How well the session went, from 0 to 1. Omit it if unknown.")] double? score = null,
        [Description("The reasons for the score.")] string? rationale = null) =>
        calls.RunAsync(Scopes.Record, async caller =>
        {
            var completion = SessionMessages.Of(
                new CompleteRequest(
                    succeeded ? SessionStatus.Succeeded : SessionStatus.Failed, final_answer, score is { } value ? new RewardRequest(value, null, null, rationale) : null),
                caller);
            var completed = await sessions.CallAsync(
                McpCalls.Text(session_id),
                caller,
                async session => completion.Reward is { } reward && await session.Standing().ConfigureAwait(false) is { Status: not SessionStatus.Running, Reward: null }
                    ? await session.Reward(reward).ConfigureAwait(false)
                    : await sessions.CompleteAsync(session, completion).ConfigureAwait(false),
                calls.Request.RequestAborted).ConfigureAwait(false);
            await calls.NoteAsync("CompleteSession", McpCalls.Text(session_id)).ConfigureAwait(false);
            return completed;
        });
}

/// <summary>A started session.</summary>
/// <param name="SessionId">The number of the session.</param>
/// <param name="LearningKey">The learning key that the session learns from and can teach.</param>
/// <param name="PlaybookVersion">The version of the playbook; 0 while the key has learned nothing.</param>
/// <param name="Digest">The digest of the playbook.</param>
/// <param name="Playbook">The text to follow; empty if there is none.</param>
internal sealed record StartedSession(long SessionId, string LearningKey, int PlaybookVersion, string Digest, string Playbook);
