using Atlas.Learning.Options;

namespace Atlas.Learning.Review;

/// <summary>Which sessions may feed the synthesizer.</summary>
public static class TeachingRule
{
    /// <summary>Whether a session may teach.</summary>
    /// <param name="learning">Whether learning is on and may change the key.</param>
    /// <param name="review">Whether approval is needed.</param>
    /// <param name="reviewStatus">The session's status now; null counts as pending.</param>
    /// <param name="driftAlert">Whether its reward was an alert. Such a session teaches only once it is approved.</param>
    /// <param name="hasReward">A session without a reward has nothing to teach.</param>
    /// <returns>Null if it may teach; else why not, as half a sentence.</returns>
    public static string? ReasonNotTo(
        LearningOptions learning, ReviewOptions review, string? reviewStatus, bool driftAlert, bool hasReward)
    {
        ArgumentNullException.ThrowIfNull(learning);
        ArgumentNullException.ThrowIfNull(review);
        var status = ReviewStatus.Normalise(reviewStatus);
        return (learning, review) switch
        {
            ({ Enabled: false }, _) => "learning is switched off (learning.enabled)",
            ({ UpdateEnabled: false }, _) => "the learning key may not change (learning.update_enabled)",
            _ when !hasReward => "the session has no reward",
            _ when status == ReviewStatus.Approved => null,
            _ when status == ReviewStatus.Quarantined => "the session is quarantined",
            _ when driftAlert => "its reward is out of line with the sessions before it and waits for approval",
            (_, { RequireApproval: true }) => "the session waits for approval (runtime_safety.review.require_approval)",
            _ => null,
        };
    }
}
