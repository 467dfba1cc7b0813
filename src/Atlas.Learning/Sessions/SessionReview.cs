using System.Text.Json;
using Atlas.Domain;
using Atlas.Learning.Journal;
using Atlas.Learning.Options;
using Atlas.Learning.Review;

namespace Atlas.Learning.Sessions;

/// <summary>Decides what a review writes, and what the learning key is told about it. Pure.</summary>
public sealed class SessionReview
{
    public required SessionReviewRow Row { get; init; }

    /// <exception cref="RefusedException">The decision was made for another status of the session.</exception>
    public static SessionReview Decide(StoredSession session, ReviewDecision decision, LearningRules rules)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(decision);
        ArgumentNullException.ThrowIfNull(rules);
        if (decision.OnlyWhile is { } expected && session.ReviewStatus != expected && !IsMade(session, decision))
        {
            throw new RefusedException(
                $"Session {session.Id} is now {session.ReviewStatus.ToWire()}{(session.ReviewedBy is { Length: > 0 } by ? $", as {by} decided" : "")}. Look at it again, then decide again if necessary.");
        }

        var learns = rules.Learning is { Enabled: true, UpdateEnabled: true } && session.Status is not SessionStatus.Running && session.LearningKey is not null

            // The learning key is told about the session when its judge has answered, and about this decision with it.
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

    // A decision whose answer was lost is sent again, and has itself changed the status that it was made for.
    private static bool IsMade(StoredSession session, ReviewDecision decision) =>
        session.ReviewStatus == decision.Status && session.ReviewedBy == decision.Reviewer;
}
