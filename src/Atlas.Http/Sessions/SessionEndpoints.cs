using System.Globalization;
using Atlas.Contracts.Sessions;
using Atlas.Domain;
using Atlas.Domain.Sessions;
using Atlas.Http.Access;
using Atlas.Http.Door;
using Atlas.Http.Keys;
using Atlas.Http.Problems;
using Atlas.Queries;

namespace Atlas.Http.Sessions;

/// <summary><c>/v1/sessions</c>: records what an agent does.</summary>
internal static class SessionEndpoints
{
    private const int MaxEvents = 10_000;

    public static void Map(RouteGroupBuilder api)
    {
        var sessions = api.MapGroup("/sessions").WithTags("Sessions");
        sessions.MapPost("", StartAsync).Writes(Scopes.Record, "StartSession", "Start a session and get its playbook");
        sessions.MapGet("", ListAsync).Reads("ListSessions", "List sessions, newest first");
        sessions.MapGet("/{id}", ShowAsync).Reads("ShowSession", "Get a session with its steps, reward and review", 404);
        sessions.MapGet("/{id}/events", EventsAsync).Reads("ListEvents", "List the events of a session in order", 404);
        sessions.MapGet("/{id}/reward", WaitAsync).Reads("WaitForReward", "Get the state of a session and its reward, or wait until its judging is over", 404);
        sessions.MapPost("/{id}/events", AppendAsync).Writes(Scopes.Record, "AppendEvents", "Append events to a session", 404);
        sessions.MapPost("/{id}/plan", PlanAsync).Writes(Scopes.Record, "RecordPlan", "Record the plan of a session", 404);
        sessions.MapPost("/{id}/steps", StepAsync).Writes(Scopes.Record, "RecordStep", "Record a step with its attempts and guidance", 404);
        sessions.MapPost("/{id}/guidance", GuidanceAsync).Writes(Scopes.Record, "RecordGuidance", "Add a teacher's note to a step", 404);
        sessions.MapPost("/{id}/usage", UsageAsync).Writes(Scopes.Record, "RecordUsage", "Record which entries fired and were adopted", 404);
        sessions.MapPost("/{id}/renew", RenewAsync).Writes(Scopes.Record, "RenewSession", "Renew the lease of a session", 404);
        sessions.MapPost("/{id}/complete", CompleteAsync).Writes(Scopes.Record, "CompleteSession", "End a session, optionally with a reward", 404);
        sessions.MapPost("/{id}/reward", RewardAsync).Writes(Scopes.Record, "RewardSession", "Reward a session that ended without a reward; a running session of the proxy ends with it", 404);
        sessions.MapPost("/{id}/review", ReviewAsync).Writes(Scopes.Review, "ReviewSession", "Decide whether a session may teach", 404);
    }

    private static async Task<JsonAnswer<StartAnswer>> StartAsync(
        Body<StartRequest> body, Caller caller, HttpContext context, [FromServices] SessionDesk desk)
    {
        var started = await desk.StartAsync(body.Value, caller, Operation.Of(context)?.ExternalId).ConfigureAwait(false);
        Operation.Of(context)?.LearningKey = started.LearningKey;
        var playbook = PlaybookBytes.Of(started.Playbook, caller);
        context.Features.Set(new AuditNote(started.SessionId.ToString(CultureInfo.InvariantCulture)));
        return Answers.Json(new StartAnswer(
            started.SessionId, caller.Show(started.LearningKey), started.Status, started.NextSequence, playbook.Digest, playbook.Shown));
    }

    private static async Task<JsonAnswer<SessionPage>> ListAsync(
        Caller caller,
        [FromServices] Backend backend,
        CancellationToken cancellation,
        [FromQuery(Name = "learning_key")] string? learningKey = null,
        [FromQuery(Name = "status")] string? status = null,
        [FromQuery(Name = "review_status")] string? reviewStatus = null,
        [FromQuery(Name = "tag")] string? tag = null,
        [FromQuery(Name = "cursor")] string? cursor = null,
        [FromQuery(Name = "limit")] int limit = 50)
    {
        Cursor.Demand(limit, 500);
        var found = await backend.Sessions.ListAsync(
            new SessionFilter
            {
                LearningKey = learningKey is null ? null : caller.Store(learningKey),
                Status = Names.Demand<SessionStatus>(status, "status"),
                ReviewStatus = Names.Demand<ReviewStatus>(reviewStatus, "review_status"),
                Tag = tag,
                BeforeId = Cursor.Number(cursor),
                Limit = limit + 1,
                KeyPrefix = caller.StoredPrefix,
                ExceptKeyPrefix = caller.HiddenPrefix,
            },
            cancellation).ConfigureAwait(false);
        var page = found.Take(limit).Select(session => SessionItem.Of(session, caller)).ToArray();
        return Answers.Json(new SessionPage([.. page], found.Length > limit ? Cursor.Of(page[^1].Id) : null));
    }

    private static async Task<JsonAnswer<SessionAnswer>> ShowAsync(
        string id, Caller caller, [FromServices] Backend backend, [FromServices] SessionDesk desk, CancellationToken cancellation)
    {
        var number = await desk.FindAsync(id, caller, cancellation).ConfigureAwait(false);
        return await backend.Sessions.FindAsync(number, maxEvents: 0, cancellation).ConfigureAwait(false) is { } session
            ? Answers.Json(SessionAnswer.Of(session, caller))
            : throw Problem.SessionNotFound.With($"Session {id} no longer exists.");
    }

    private static async Task<JsonAnswer<EventPage>> EventsAsync(
        string id,
        Caller caller,
        [FromServices] Backend backend,
        [FromServices] SessionDesk desk,
        CancellationToken cancellation,
        [FromQuery(Name = "cursor")] string? cursor = null,
        [FromQuery(Name = "limit")] int limit = 100)
    {
        Cursor.Demand(limit, 1000);
        var number = await desk.FindAsync(id, caller, cancellation).ConfigureAwait(false);
        var offset = (int)Math.Min(Cursor.Number(cursor) ?? 0, int.MaxValue - 1);
        var found = await backend.Sessions.EventsAsync(number, offset, limit + 1, cancellation).ConfigureAwait(false);
        return Answers.Json(new EventPage([.. found.Take(limit)], found.Length > limit ? Cursor.Of(offset + limit) : null));
    }

    private static async Task<JsonAnswer<SessionState>> WaitAsync(
        string id,
        Caller caller,
        [FromServices] SessionDesk desk,
        CancellationToken cancellation,
        [FromQuery(Name = "wait_seconds")] double waitSeconds = 0)
    {
        if (!(waitSeconds is >= 0 and <= 20))
        {
            throw Problem.InvalidRequest.With("The parameter 'wait_seconds' must be a number from 0 to 20. To wait longer, ask again.");
        }

        return Answers.Json(await desk.CallAsync(
            id, caller, session => session.AwaitJudgement(TimeSpan.FromSeconds(waitSeconds), cancellation), cancellation).ConfigureAwait(false));
    }

    private static async Task<JsonAnswer<EventsAnswer>> AppendAsync(
        string id,
        Body<EventsRequest> body,
        Caller caller,
        HttpContext context,
        [FromServices] SessionDesk desk,
        [FromServices] EventNumbers numbers,
        [FromServices] ResponseIds responses)
    {
        var events = body.Value.Events;
        if (events.Length is 0 or > MaxEvents)
        {
            throw Problem.InvalidRequest.With(FormattableString.Invariant($"The member 'events' must have 1 to {MaxEvents} events, not {events.Length}."));
        }

        if (body.Value.FirstSequence is < 0)
        {
            throw Problem.InvalidRequest.With("The member 'first_sequence' must be 0 or more.");
        }

        var recorded = events.Select((one, index) => SessionMessages.Demand(one, FormattableString.Invariant($"events[{index}]"))).ToArray();
        var answers = ResponseIds.Of(body.Value.ResponseIds, recorded);
        return Answers.Json(await desk.CallAsync(
            id,
            caller,
            async session =>
            {
                var number = session.GetPrimaryKeyLong();
                var first = body.Value.FirstSequence
                    ?? await numbers.TakeAsync(number, recorded.Length, Operation.Of(context)?.Id).ConfigureAwait(false);

                // Before the events: a caller whose request has no key would append them again if this failed after them.
                await responses.NoteAsync(caller, number, answers).ConfigureAwait(false);
                await session.Append(first, [.. recorded]).ConfigureAwait(false);
                return new EventsAnswer(number, first, first + recorded.Length);
            },
            context.RequestAborted).ConfigureAwait(false));
    }

    private static async Task<JsonAnswer<RecordedAnswer>> PlanAsync(
        string id, Body<PlanRequest> body, Caller caller, [FromServices] SessionDesk desk, CancellationToken cancellation)
    {
        var plan = SessionMessages.Read<SessionPlan>(body.Value.Plan, "plan");
        return Answers.Json(await desk.RecordAsync(id, caller, session => session.RecordPlan(plan), cancellation).ConfigureAwait(false));
    }

    private static async Task<JsonAnswer<RecordedAnswer>> StepAsync(
        string id, Body<StepRequest> body, Caller caller, [FromServices] SessionDesk desk, CancellationToken cancellation)
    {
        var step = SessionMessages.Of(body.Value);
        return Answers.Json(await desk.RecordAsync(id, caller, session => session.RecordStep(step), cancellation).ConfigureAwait(false));
    }

    private static async Task<JsonAnswer<RecordedAnswer>> GuidanceAsync(
        string id, Body<GuidanceRequest> body, Caller caller, [FromServices] SessionDesk desk, CancellationToken cancellation) =>
        Answers.Json(await desk.RecordAsync(
            id, caller, session => session.RecordGuidance(body.Value.StepId, body.Value.Note), cancellation).ConfigureAwait(false));

    private static async Task<JsonAnswer<RecordedAnswer>> UsageAsync(
        string id, Body<UsageRequest> body, Caller caller, [FromServices] SessionDesk desk, CancellationToken cancellation)
    {
        var usage = SessionMessages.Of(body.Value);
        return Answers.Json(await desk.RecordAsync(id, caller, session => session.RecordUsage(usage), cancellation).ConfigureAwait(false));
    }

    private static async Task<JsonAnswer<RecordedAnswer>> RenewAsync(
        string id, Caller caller, [FromServices] SessionDesk desk, CancellationToken cancellation) =>
        Answers.Json(await desk.RecordAsync(id, caller, session => session.Renew(), cancellation).ConfigureAwait(false));

    private static async Task<JsonAnswer<SessionCompleted>> CompleteAsync(
        string id, Body<CompleteRequest> body, Caller caller, HttpContext context, [FromServices] SessionDesk desk, [FromServices] ResponseIds responses)
    {
        var completion = SessionMessages.Of(body.Value, caller);
        var answers = ResponseIds.Of(body.Value.ResponseIds, []);
        return Answers.Json(await desk.AuditAsync(
            id,
            caller,
            context,
            async session =>
            {
                await responses.NoteAsync(caller, session.GetPrimaryKeyLong(), answers).ConfigureAwait(false);
                return await desk.CompleteAsync(session, completion).ConfigureAwait(false);
            }).ConfigureAwait(false));
    }

    private static async Task<JsonAnswer<SessionCompleted>> RewardAsync(
        string id, Body<RewardRequest> body, Caller caller, HttpContext context, [FromServices] SessionDesk desk)
    {
        var reward = SessionMessages.Of(body.Value, "");
        return Answers.Json(await desk.AuditAsync(
            id, caller, context, session => desk.RewardAsync(session, reward), Problem.AlreadyRewarded, Problem.SessionRunning).ConfigureAwait(false));
    }

    private static async Task<JsonAnswer<SessionReviewed>> ReviewAsync(
        string id, Body<ReviewRequest> body, Caller caller, HttpContext context, [FromServices] SessionDesk desk)
    {
        var decision = SessionMessages.Of(body.Value, caller);
        var moved = decision.OnlyWhile is null ? null : Problem.ReviewChanged;
        return Answers.Json(await desk.AuditAsync(id, caller, context, session => session.Review(decision), ended: moved, running: moved).ConfigureAwait(false));
    }
}
