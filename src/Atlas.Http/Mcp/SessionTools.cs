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

/// <summary>Tools by which an agent records what it does.</summary>
[McpServerToolType]
internal sealed class SessionTools(McpCalls calls, Backend backend, SessionDesk sessions, EventNumbers numbers)
{
    [McpServerTool(Name = "start_session", Title = "Start a session", ReadOnly = false, Destructive = false, Idempotent = false, OpenWorld = false, UseStructuredContent = true)]
    [Description("Starts recording a task, and gets the playbook to follow while doing it.")]
    public Task<StartedSession> StartSessionAsync(
        [Description("The task, as it was given.")] string task,
        [Description("The learning key, for example support/refunds; left out, it is derived from agent and task.")] string? learning_key = null,
        [Description("Name of the agent.")] string? agent = null,
        [Description("Your own identity of this session: starting it again with it returns the same session.")] string? external_id = null)
    {
        var operation = $"mcp:{Guid.NewGuid():N}";
        return calls.RunAsync(Scopes.Record, async caller =>
        {
            var started = await backend.Grains.GetGrain<ISessionStarterGrain>(0)
                .Start(SessionMessages.Of(new StartRequest(task, learning_key, agent, null, external_id), caller, operation)).ConfigureAwait(false);
            var playbook = PlaybookBytes.Of(started.Playbook, caller);
            await calls.NoteAsync("StartSession", McpCalls.Text(started.SessionId)).ConfigureAwait(false);
            return new StartedSession(
                started.SessionId, caller.Show(started.LearningKey), playbook.Shown.Version, playbook.Digest,
                playbook.Shown.ApplyToPrompts ? playbook.Shown.Student?.Text ?? "" : "");
        });
    }

    [McpServerTool(Name = "record_events", Title = "Record events", ReadOnly = false, Destructive = false, Idempotent = false, OpenWorld = false, UseStructuredContent = true)]
    [Description("Appends what happened to a running session: tool calls, results, thoughts, each a JSON object.")]
    public Task<EventsAnswer> RecordEventsAsync(
        [Description("The session, as start_session numbered it.")] long session_id,
        [Description("JSON objects in order, for example {\"type\": \"tool_call\", \"name\": \"get_order\"}.")] JsonElement[] events)
    {
        int? numbered = null;
        return calls.RunAsync(Scopes.Record, caller =>
        {
            var recorded = events.Select((one, index) => SessionMessages.Demand(one, FormattableString.Invariant($"events[{index}]"))).ToArray();
            return sessions.CallAsync(
                McpCalls.Text(session_id),
                caller,
                async session =>
                {
                    if (recorded.Length == 0)
                    {
                        throw Problem.InvalidRequest.With("There are no events to record.");
                    }

                    var first = numbered ??= await numbers.TakeAsync(session_id, recorded.Length, null).ConfigureAwait(false);
                    await session.Append(first, [.. recorded]).ConfigureAwait(false);
                    return new EventsAnswer(session_id, first, first + recorded.Length);
                },
                calls.Request.RequestAborted);
        });
    }

    [McpServerTool(Name = "report_outcome", Title = "Report an outcome", ReadOnly = false, Destructive = false, Idempotent = true, OpenWorld = false, UseStructuredContent = true)]
    [Description("Ends a session with its answer and, where it is known, what it was worth; tells that of one that has ended without. What it shows may then be learned from.")]
    public Task<SessionCompleted> ReportOutcomeAsync(
        [Description("The session, as start_session numbered it.")] long session_id,
        [Description("Whether the task was done.")] bool succeeded,
        [Description("The answer.")] string? final_answer = null,
        [Description("What it was worth, 0 to 1; left out if nobody knows.")] double? score = null,
        [Description("Why it was worth that.")] string? rationale = null) =>
        calls.RunAsync(Scopes.Record, async caller =>
        {
            var completion = SessionMessages.Of(
                new CompleteRequest(
                    succeeded ? SessionStatus.Succeeded : SessionStatus.Failed, final_answer, score is { } value ? new RewardRequest(value, null, null, rationale) : null),
                caller);
            var completed = await sessions.CallAsync(
                McpCalls.Text(session_id),
                caller,
                async session =>
                {
                    await sessions.SettleAsync(session).ConfigureAwait(false);
                    return completion.Reward is { } reward && await session.Standing().ConfigureAwait(false) is { Status: not SessionStatus.Running, Reward: null }
                        ? await session.Reward(reward).ConfigureAwait(false)
                        : await session.Complete(completion).ConfigureAwait(false);
                },
                calls.Request.RequestAborted).ConfigureAwait(false);
            await calls.NoteAsync("CompleteSession", McpCalls.Text(session_id)).ConfigureAwait(false);
            return completed;
        });
}

/// <summary>A session that was started.</summary>
/// <param name="SessionId">Its number.</param>
/// <param name="LearningKey">The key it learns from and may teach.</param>
/// <param name="PlaybookVersion">The version that it is given.</param>
/// <param name="Digest">Digest of the playbook.</param>
/// <param name="Playbook">What to follow; empty if there is nothing to tell.</param>
internal sealed record StartedSession(long SessionId, string LearningKey, int PlaybookVersion, string Digest, string Playbook);
