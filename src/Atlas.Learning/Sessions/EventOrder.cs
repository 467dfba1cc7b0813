using Atlas.Learning.Journal;

namespace Atlas.Learning.Sessions;

/// <summary>Checks that events of a session are numbered without gaps: a missing event would never be noticed later.</summary>
public static class EventOrder
{
    /// <summary>Checks that an append continues where the session is.</summary>
    /// <param name="sessionId">The session.</param>
    /// <param name="firstSequence">The number of the first event of the append.</param>
    /// <param name="count">The number of events in the append.</param>
    /// <param name="next">The number of the session's next event: 0 for its first.</param>
    /// <param name="reserved">Numbers below this one were reserved by the database, and their owners can store them in any order; 0 for
    /// none.</param>
    /// <exception cref="RefusedException">Earlier events are missing; nothing is stored.</exception>
    public static void Demand(long sessionId, int firstSequence, int count, int next, int reserved)
    {
        if (firstSequence > next && (long)firstSequence + count > reserved)
        {
            var missing = firstSequence - 1 == next ? FormattableString.Invariant($"event {next}") : FormattableString.Invariant($"events {next} to {firstSequence - 1}");
            throw new RefusedException(FormattableString.Invariant(
                $"Session {sessionId} continues with event {next}, but this append begins with event {firstSequence}: {missing} would be missing. Append those first; nothing from this append was stored."));
        }
    }
}
