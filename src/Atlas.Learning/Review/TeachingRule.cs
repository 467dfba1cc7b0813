using Atlas.Domain;
using Atlas.Learning.Options;

namespace Atlas.Learning.Review;

/// <summary>Which sessions may feed the synthesizer.</summary>
public static class TeachingRule
{
    /// <summary>Whether a session may teach.</summary>
    /// <param name="learning">Whether learning is on and may change the key.</param>
    /// <param name="review">Whether approval is needed.</param>
    /// <param name="reviewStatus">The session's status now.</param>
    /// <param name="driftAlert">Whether its reward was an alert. Such a session teaches only once it is approved.</param>
    /// <param name="hasReward">A session without a reward has nothing to teach.</param>
    /// <returns>Null if it may teach; else why not and what would change it, as half a sentence.</returns>
    public static string? ReasonNotTo(
        LearningOptions learning, ReviewOptions review, ReviewStatus reviewStatus, bool driftAlert, bool hasReward)
    {
        ArgumentNullException.ThrowIfNull(learning);
        ArgumentNullException.ThrowIfNull(review);
        return (learning, review) switch
        {
            ({ Enabled: false }, _) => "learning is switched off; `learning.enabled: true` switches it on",
            ({ UpdateEnabled: false }, _) => "the learning key may not change; `learning.update_enabled: true` lets it",
            _ when !hasReward => "the session has no reward; complete it with a score, or configure a judge (`rim` or `adaptive_teaching.reward`)",
            _ when reviewStatus is ReviewStatus.Approved => null,
            _ when reviewStatus is ReviewStatus.Quarantined => "the session is quarantined; `atlas review approve` lets it teach after all",
            _ when driftAlert => "its reward is out of line with the sessions before it, so it waits for approval; `atlas review approve` lets it teach",
            (_, { RequireApproval: true }) => "the session waits for approval; `atlas review approve` lets it teach, and `runtime_safety.review.require_approval: false` lets all that come",
            _ => null,
        };
    }
}
