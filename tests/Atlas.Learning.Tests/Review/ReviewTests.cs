using Atlas.Domain;
using Atlas.Learning.Drift;
using Atlas.Learning.Options;
using Atlas.Learning.Review;
using Xunit;

namespace Atlas.Learning.Tests.Review;

public sealed class ReviewTests
{
    private static readonly DriftAssessment Alert = new() { Alert = true, Reason = DriftReason.ScoreZ };

    [Fact]
    public void Drift_beats_automatic_approval()
    {
        var review = RunReview.Decide(succeeded: true, Alert, new ReviewOptions { RequireApproval = false });
        Assert.Equal(new RunReview(ReviewStatus.Pending, "Reward drift alert (score_z)"), review);
    }

    [Theory]
    [InlineData(true, false, ReviewStatus.Approved, RunReview.AutoApproved)]
    [InlineData(true, true, ReviewStatus.Pending, null)]
    [InlineData(false, false, ReviewStatus.Pending, null)]
    public void Without_drift_the_gate_decides(bool succeeded, bool requireApproval, ReviewStatus status, string? note)
    {
        var options = new ReviewOptions { RequireApproval = requireApproval };
        Assert.Equal(new RunReview(status, note), RunReview.Decide(succeeded, null, options));
        Assert.Equal(new RunReview(status, note), RunReview.Decide(succeeded, new DriftAssessment { Reason = DriftReason.InsufficientBaseline }, options));
    }

    [Theory]
    [InlineData(ReviewStatus.Approved, false, true, null)]
    [InlineData(ReviewStatus.Approved, true, true, null)]
    [InlineData(ReviewStatus.Pending, false, true, "approval")]
    [InlineData(ReviewStatus.Pending, false, false, null)]
    [InlineData(ReviewStatus.Pending, true, false, "approval")]
    [InlineData(ReviewStatus.Quarantined, false, false, "quarantined")]
    public void A_session_teaches_once_nothing_stands_against_it(ReviewStatus status, bool driftAlert, bool requireApproval, string? reason)
    {
        var found = TeachingRule.ReasonNotTo(new LearningOptions(), new ReviewOptions { RequireApproval = requireApproval }, status, driftAlert, hasReward: true);
        if (reason is null)
        {
            Assert.Null(found);
        }
        else
        {
            Assert.Contains(reason, found, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Nothing_teaches_while_learning_is_off_or_there_is_no_reward()
    {
        var review = new ReviewOptions { RequireApproval = false };
        Assert.Contains("learning.enabled", TeachingRule.ReasonNotTo(new LearningOptions { Enabled = false }, review, ReviewStatus.Approved, false, true), StringComparison.Ordinal);
        Assert.Contains("learning.update_enabled", TeachingRule.ReasonNotTo(new LearningOptions { UpdateEnabled = false }, review, ReviewStatus.Approved, false, true), StringComparison.Ordinal);
        Assert.Contains("no reward", TeachingRule.ReasonNotTo(new LearningOptions(), review, ReviewStatus.Approved, false, false), StringComparison.Ordinal);
    }
}
