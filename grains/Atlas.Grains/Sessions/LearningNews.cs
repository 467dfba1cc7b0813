using System.Text.Json;
using Atlas.Contracts.Sessions;
using Atlas.Domain;
using Atlas.Domain.Sessions;
using Atlas.Grains.Delivery;
using Atlas.Grains.Telemetry;
using Atlas.Learning.Sessions;
using Atlas.Queries;
using Atlas.Storage.Learning;
using Atlas.Storage.Sessions;
using Microsoft.Extensions.Logging;
using SessionReviewed = Atlas.Contracts.Sessions.SessionReviewed;

namespace Atlas.Grains.Sessions;

/// <summary>Tells the learning key what has been stored about a session, and the caller what happened.</summary>
/// <remarks>Everything told here is already in the outbox, so a failure on the way only delays it.</remarks>
internal sealed class LearningNews(KeyDelivery delivery, PlaybookQueries playbooks, TimeProvider time, ILogger<LearningNews> log)
{
    public async Task<SessionCompleted> TellAsync(SessionEnd end, SessionFinish finish)
    {
        var completed = await TellAsync(end, finish.Row.Delivery, finish.Obstacle);
        AtlasTelemetry.SessionsCompleted.Add(1, new("status", end.Status.ToWire()), new("learning", completed.Learning.ToWire()));
        return completed;
    }

    public async Task<SessionCompleted> TellAsync(
        SessionEnd end, SessionDelivery? told, string? obstacle, bool isLateReward = false, ReviewDecision? review = null)
    {
        var (learning, reason) = await LearnAsync(end, told, obstacle, isLateReward, review);
        return new SessionCompleted(end.SessionId, end.Status, end.ReviewStatus, learning, reason);
    }

    public async Task<SessionReviewed> TellAsync(StoredReview stored, SessionReview review)
    {
        var teaches = review.Row.Teaches;
        if (stored.Queued && stored.LearningKey is not null)
        {
            var waiting = Waiting(stored.LearningKey, stored.SessionId, review.Row.Outcome, teaches) with
            {
                Review = review.Row.Decision,
            };
            teaches &= await TryAsync(waiting) ?? true;
        }

        var taught = review.Row.Decision.Status is ReviewStatus.Quarantined && stored.LearningKey is not null
            ? await playbooks.FirstVersionFromAsync(stored.LearningKey, stored.SessionId)
            : null;
        return new SessionReviewed(stored.SessionId, stored.ReviewStatus, teaches, taught);
    }

    private async Task<(LearningStanding Learning, string? Reason)> LearnAsync(
        SessionEnd end, SessionDelivery? told, string? obstacle, bool isLateReward, ReviewDecision? review)
    {
        if (end.Judging is JudgingStatus.Pending)
        {
            return (LearningStanding.Judging, SessionStates.WaitsForJudge);
        }

        if (told is null || end.LearningKey is null)
        {
            return (LearningStanding.Off, obstacle);
        }

        var waiting = Waiting(end.LearningKey, end.SessionId, told.Outcome, told.Teaches) with { IsLateReward = isLateReward, Review = review };
        return await TryAsync(waiting) switch
        {
            true => (LearningStanding.Applied, null),
            false => (LearningStanding.Observed, obstacle),
            null => (LearningStanding.Queued, SessionStates.WillBeTold),
        };
    }

    private PendingDelivery Waiting(string learningKey, long sessionId, SessionOutcome? outcome, bool teaches) => new(
        learningKey,
        sessionId,
        outcome,
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
