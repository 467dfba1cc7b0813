using System.Text.Json;
using Atlas.Contracts.Review;
using Atlas.Grains.Hosting;
using Atlas.Learning.Json;
using Atlas.Learning.Review;
using Atlas.Storage.Sessions;

namespace Atlas.Grains.Sessions;

/// <summary>Decides what a review writes, and what the learning key is told of it. Pure.</summary>
internal sealed class SessionReview
{
    public required SessionReviewRow Row { get; init; }

    public static SessionReview Decide(StoredSession session, ReviewDecision decision, LearningRules rules)
    {
        var status = ReviewStatus.Normalise(decision.Status);
        var learns = rules.Learning is { Enabled: true, UpdateEnabled: true } && session.Status is not "running" && session.LearningKey is not null

            // The key hears of the session when its judge has answered, and of this decision with it.
            && session.Judging is not { State: "pending" };
        return new SessionReview
        {
            Row = new SessionReviewRow
            {
                SessionId = session.Id,
                Status = status,
                Reviewer = decision.Reviewer,
                Note = decision.Note,
                Teaches = TeachingRule.ReasonNotTo(
                    rules.Learning, rules.Safety.Review, status, driftAlert: true, session.Reward is not null) is null,
                OutcomeJson = learns && !session.Counted
                    ? session.QueuedOutcome?.GetRawText() ?? JsonSerializer.Serialize(StoredOutcome.Of(session), AtlasJson.Options)
                    : null,
                TellLearningKey = learns,
            },
        };
    }
}
