using System.Text.Json;
using Atlas.Domain;
using Atlas.Learning.Options;
using Atlas.Learning.Review;

namespace Atlas.Learning.Sessions;

/// <summary>Decides what a review writes, and what the learning key is told of it. Pure.</summary>
public sealed class SessionReview
{
    public required SessionReviewRow Row { get; init; }

    public static SessionReview Decide(StoredSession session, ReviewDecision decision, LearningRules rules)
    {
        var learns = rules.Learning is { Enabled: true, UpdateEnabled: true } && session.Status is not SessionStatus.Running && session.LearningKey is not null

            // The key hears of the session when its judge has answered, and of this decision with it.
            && session.Judging is not { State: JudgingStatus.Pending };
        return new SessionReview
        {
            Row = new SessionReviewRow
            {
                SessionId = session.Id,
                Decision = decision,
                Teaches = TeachingRule.ReasonNotTo(
                    rules.Learning, rules.Safety.Review, decision.Status, driftAlert: true, session.Reward is not null) is null,
                Outcome = learns && (!session.Counted || session.Assignment is not null) ? session.QueuedOutcome ?? StoredOutcome.Of(session) : null,
                TellLearningKey = learns,
            },
        };
    }
}
