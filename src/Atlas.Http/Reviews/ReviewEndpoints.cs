using System.Collections.Immutable;
using Atlas.Contracts;
using Atlas.Domain;
using Atlas.Http.Access;
using Atlas.Http.Door;
using Atlas.Http.Sessions;
using Atlas.Queries;

namespace Atlas.Http.Reviews;

/// <summary><c>/v1/reviews</c>: which sessions can teach. A single session is decided with <c>POST /v1/sessions/{id}/review</c>.</summary>
internal static class ReviewEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var reviews = api.MapGroup("/reviews").WithTags("Reviews");
        reviews.MapGet("", ListAsync).Reads("ListReviews", "List ended sessions by review status, oldest first");
        reviews.MapPost("/decide", DecideAsync).Writes(Scopes.Review, "DecideReviews", "Review many sessions with one decision, or preview which ones match");
    }

    private static async Task<JsonAnswer<ReviewPage>> ListAsync(
        Caller caller,
        [FromServices] Backend backend,
        CancellationToken cancellation,
        [FromQuery(Name = "learning_key")] string? learningKey = null,
        [FromQuery(Name = "review_status")] string? reviewStatus = null,
        [FromQuery(Name = "drift_alert")] bool? driftAlert = null,
        [FromQuery(Name = "min_score")] double? minScore = null,
        [FromQuery(Name = "max_score")] double? maxScore = null,
        [FromQuery(Name = "cursor")] string? cursor = null,
        [FromQuery(Name = "limit")] int limit = 50)
    {
        Cursor.Demand(limit, 500);
        var filter = new ReviewFilter
        {
            LearningKey = learningKey is null ? null : caller.Store(learningKey),
            ReviewStatus = Names.Demand<ReviewStatus>(reviewStatus, "review_status") ?? ReviewStatus.Pending,
            DriftAlert = driftAlert,
            MinScore = minScore,
            MaxScore = maxScore,
            KeyPrefix = caller.StoredPrefix,
            ExceptKeyPrefix = caller.HiddenPrefix,
            AfterId = Cursor.Number(cursor),
            Limit = limit + 1,
        };
        var found = await backend.Reviews.ListAsync(filter, cancellation).ConfigureAwait(false);
        return Answers.Json(new ReviewPage(
            [.. found.Take(limit).Select(item => item with { LearningKey = item.LearningKey is { } key ? caller.Show(key) : null })],
            found.Length > limit ? Cursor.Of(found[limit - 1].Id) : null));
    }

    private static async Task<JsonAnswer<DecideAnswer>> DecideAsync(
        Body<DecideRequest> body, Caller caller, HttpContext context, [FromServices] Backend backend, [FromServices] ChosenSessions chosen)
    {
        var request = body.Value;
        Cursor.Demand(request.Limit, 1000);
        var filter = new ReviewFilter
        {
            LearningKey = request.Filter.LearningKey is { } key ? caller.Store(key) : null,
            ReviewStatus = request.Filter.ReviewStatus,
            DriftAlert = request.Filter.DriftAlert,
            MinScore = request.Filter.MinScore,
            MaxScore = request.Filter.MaxScore,
            KeyPrefix = caller.StoredPrefix,
            ExceptKeyPrefix = caller.HiddenPrefix,
            Limit = request.Limit + 1,
        };
        var matching = await backend.Reviews.ListAsync(filter, context.RequestAborted).ConfigureAwait(false);
        var found = await chosen.OfAsync(Operation.Of(context), [.. matching.Select(item => item.Id)]).ConfigureAwait(false);
        var sessions = found.Take(request.Limit).ToArray();
        var decided = 0;
        var failed = ImmutableArray.CreateBuilder<FailedDecision>();

        // A session that somebody else decides in the meantime is no longer one that the filter selects.
        var decision = SessionMessages.Of(new ReviewRequest(request.Status, request.Reviewer, request.Note, filter.ReviewStatus), caller);

        // Sequentially: each decision is reported to the session's learning key, which processes one at a time anyway.
        foreach (var session in request.DryRun ? [] : sessions)
        {
            try
            {
                await backend.Session(session).Review(decision).ConfigureAwait(false);
                context.Features.Set(new AuditNote(null) { IsMade = true });
                decided++;
            }
            catch (AtlasRefusedException refused)
            {
                failed.Add(new FailedDecision(session, caller.Say(refused.Message)));
            }
        }

        return Answers.Json(new DecideAnswer(request.DryRun, sessions.Length, decided, failed.ToImmutable(), found.Length > request.Limit, [.. sessions]));
    }
}
