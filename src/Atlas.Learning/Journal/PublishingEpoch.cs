using Atlas.Learning.Options;

namespace Atlas.Learning.Journal;

/// <summary>The interval between two changes of what sessions get, as set by <c>learning.publish</c>. Pure.</summary>
/// <remarks>Nothing is made and then hidden: sessions wait in the key's state, and one synthesis takes all of them when the epoch ends. So
/// the newest version is the one that sessions get, and waiting sessions survive restarts. Withdrawals by evidence do not wait, because
/// they remove something harmful. Candidates of a staged or pinned key do not wait either, since no session gets them.</remarks>
public static class PublishingEpoch
{
    /// <summary>Returns when a change is next allowed; null if nothing delays it. A time in the past does not delay it either.</summary>
    /// <param name="state">The key.</param>
    /// <param name="options">The options, for the interval.</param>
    /// <param name="now">The time. A change in its future was stored by a clock that was ahead, and delays nothing.</param>
    public static DateTimeOffset? EndsAt(LearningKeyState state, LearningOptions options, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(options);
        if (options.Publish.IntervalSeconds <= 0 || state.Served is not null || !CurrentPlaybook.Of(state, options).ReachesPrompts)
        {
            return null;
        }

        DateTimeOffset?[] changes = [state.UpdatedAt, state.EpochSince, state.Staging is { On: false } shown ? shown.At : null];
        return changes.Where(at => at?.IsAhead(now) is false).Max()?.AddSeconds(options.Publish.IntervalSeconds);
    }
}
