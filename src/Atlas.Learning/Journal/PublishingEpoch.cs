using Atlas.Learning.Options;

namespace Atlas.Learning.Journal;

/// <summary>The interval between two changes of what sessions get, as set by <c>learning.publish</c>. Pure.</summary>
/// <remarks>Nothing is made and then hidden: sessions wait in the key's state, and one synthesis takes all of them when the epoch ends. So
/// the newest version is the one that sessions get, and waiting sessions survive restarts. Withdrawals by evidence do not wait, because
/// they remove something harmful. Candidates of a staged or pinned key do not wait either, since no session gets them.</remarks>
public static class PublishingEpoch
{
    /// <summary>Returns when a change is next allowed; null if nothing delays it. A time in the past does not delay it either.</summary>
    public static DateTimeOffset? EndsAt(LearningKeyState state, LearningOptions options)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(options);
        if (options.Publish.IntervalSeconds <= 0 || state.Served is not null || !CurrentPlaybook.Of(state, options).ReachesPrompts)
        {
            return null;
        }

        var since = Later(Later(state.UpdatedAt, state.EpochSince), state.Staging is { On: false } shown ? shown.At : null);
        return since?.AddSeconds(options.Publish.IntervalSeconds);
    }

    private static DateTimeOffset? Later(DateTimeOffset? one, DateTimeOffset? other) => one is null || other > one ? other : one;
}
