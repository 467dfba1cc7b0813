using Atlas.Domain;

namespace Atlas.Learning.Journal;

/// <summary>What a session has counted with as evidence.</summary>
/// <param name="Assignment">Its draws.</param>
/// <param name="Reward">Its reward, 0 to 1.</param>
/// <param name="IsOut">Whether a quarantine has taken it out.</param>
public sealed record CountedEvidence(SessionAssignment Assignment, double Reward, bool IsOut)
{
    /// <summary>Reads it from the journal.</summary>
    /// <param name="events">The events of one session since the key has trials, in order.</param>
    /// <returns>Null if the session never counted as evidence.</returns>
    public static CountedEvidence? Of(IEnumerable<LearningKeyEvent> events) => events.Aggregate((CountedEvidence?)null, After);

    private static CountedEvidence? After(CountedEvidence? before, LearningKeyEvent happened) => happened switch
    {
        SessionObserved observed => Of(observed.Outcome),
        SessionRewarded rewarded => Of(rewarded.Outcome) is not { } now ? before
            : before is null ? now
            : before with { Reward = now.Reward, IsOut = before.IsOut || now.IsOut },
        SessionReviewed { Evidence: { } move } => new(move.Assignment, move.Reward, IsOut: !move.Back),
        _ => before,
    };

    private static CountedEvidence? Of(SessionOutcome outcome) => outcome.Assignment is { } assignment && KeyTrials.Observed(outcome) is { } reward
        ? new(assignment, reward, outcome.Quarantined)
        : null;
}
