using System.Text.Json;
using Atlas.Contracts.Sessions;
using Atlas.Grains.Delivery;
using Atlas.Grains.Hosting;
using Atlas.Learning.Review;
using Atlas.Storage.Learning;
using Atlas.Storage.Queries;
using Atlas.Storage.Sessions;
using Microsoft.Extensions.Logging;
using SessionReviewed = Atlas.Contracts.Sessions.SessionReviewed;
using StoredReview = Atlas.Storage.Sessions.SessionReviewed;

namespace Atlas.Grains.Sessions;

/// <summary>Tells the learning key of what has been stored of a session, and the caller what became of it.</summary>
/// <remarks>What is told here is in the outbox already, so trouble on the way only means that it is told later.</remarks>
internal sealed class LearningNews(KeyDelivery delivery, PlaybookQueries playbooks, TimeProvider time, ILogger<LearningNews> log)
{
    public async Task<SessionCompleted> TellAsync(SessionEnd end, SessionFinish finish)
    {
        var completed = await TellAsync(end, finish.Row.Delivery, finish.Obstacle);
        AtlasTelemetry.SessionsCompleted.Add(1, new("status", end.Status), new("learning", completed.Learning));
        return completed;
    }

    public async Task<SessionCompleted> TellAsync(SessionEnd end, SessionDelivery? told, string? obstacle)
    {
        var (learning, reason) = await LearnAsync(end, told, obstacle);
        return new SessionCompleted(end.SessionId, end.Status, end.ReviewStatus, learning, reason);
    }

    public async Task<SessionReviewed> TellAsync(StoredReview stored, SessionReview review)
    {
        var teaches = review.Row.Teaches;
        if (stored.Queued && stored.LearningKey is not null)
        {
            var waiting = Waiting(stored.LearningKey, stored.SessionId, review.Row.OutcomeJson, teaches) with
            {
                Review = new DeliveredReview(review.Row.Status, review.Row.Reviewer, review.Row.Note),
            };
            teaches &= await TryAsync(waiting) ?? true;
        }

        var taught = review.Row.Status is ReviewStatus.Quarantined && stored.LearningKey is not null
            ? await playbooks.FirstVersionFromAsync(stored.LearningKey, stored.SessionId)
            : null;
        return new SessionReviewed(stored.SessionId, stored.ReviewStatus, teaches, taught);
    }

    private async Task<(string Learning, string? Reason)> LearnAsync(SessionEnd end, SessionDelivery? told, string? obstacle)
    {
        if (end.Judging is "pending")
        {
            return ("judging", Judging);
        }

        if (told is null || end.LearningKey is null)
        {
            return ("off", obstacle);
        }

        return await TryAsync(Waiting(end.LearningKey, end.SessionId, told.OutcomeJson, told.Teaches)) switch
        {
            true => ("applied", null),
            false => ("observed", obstacle),
            null => ("queued", Later),
        };
    }

    /// <summary>Why a session that is to be judged is not counted.</summary>
    public const string Judging = "The session waits for its judge; its learning key counts it once there is a reward, or will be none.";

    /// <summary>Why a session is stored but not counted.</summary>
    public const string Later = "The learning key could not be reached; it will be told as soon as it can.";

    private PendingDelivery Waiting(string learningKey, long sessionId, string? outcomeJson, bool teaches) => new(
        learningKey,
        sessionId,
        outcomeJson is null ? null : JsonElement.Parse(outcomeJson),
        teaches,
        Review: null,
        time.GetUtcNow());

    private async Task<bool?> TryAsync(PendingDelivery waiting)
    {
        try
        {
            return (await delivery.DeliverAsync(waiting)).Teaches;
        }
        catch (Exception failure)
        {
            log.LearningDelayed(failure, waiting.SessionId, waiting.LearningKey);
            return null;
        }
    }
}
