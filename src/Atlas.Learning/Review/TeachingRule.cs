using Atlas.Domain;
using Atlas.Learning.Options;

namespace Atlas.Learning.Review;

/// <summary>Decides which sessions can teach.</summary>
public static class TeachingRule
{
    /// <summary>Returns why a session cannot teach.</summary>
    /// <param name="learning">The options, for whether learning is on and can change the key.</param>
    /// <param name="review">The options, for whether approval is needed.</param>
    /// <param name="reviewStatus">The session's current status.</param>
    /// <param name="driftAlert">Whether its reward was an alert. Such a session teaches only after approval.</param>
    /// <param name="hasReward">Whether it has a reward. A session without one has nothing to teach.</param>
    /// <returns>Null if it can teach; otherwise half a sentence that says why not and what would change it.</returns>
    public static string? ReasonNotTo(
        LearningOptions learning, ReviewOptions review, ReviewStatus reviewStatus, bool driftAlert, bool hasReward)
    {
        ArgumentNullException.ThrowIfNull(learning);
        ArgumentNullException.ThrowIfNull(review);
        return (learning, review) switch
        {
            ({ Enabled: false }, _) => "learning is disabled; enable it with `learning.enabled: true`",
            ({ UpdateEnabled: false }, _) => "playbook updates are disabled; enable them with `learning.update_enabled: true`",
            _ when !hasReward => "the session has no reward; complete it with a score, or configure a judge (`rim` or `adaptive_teaching.reward`)",
            _ when reviewStatus is ReviewStatus.Approved => null,
            _ when reviewStatus is ReviewStatus.Quarantined => "the session is quarantined; to let it teach, run `atlas review approve`",
            _ when driftAlert => "its reward departs from those of earlier sessions, so it waits for approval; to let it teach, run `atlas review approve`",
            (_, { RequireApproval: true }) => "the session waits for approval; to let it teach, run `atlas review approve`, or set `runtime_safety.review.require_approval: false` for all new sessions",
            _ => null,
        };
    }
}
