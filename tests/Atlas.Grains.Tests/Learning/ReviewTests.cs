using Atlas.Contracts;
using Atlas.Domain;
using Atlas.Grains.Tests.Cluster;
using Atlas.Testing;
using Xunit;

namespace Atlas.Grains.Tests.Learning;

public sealed class ReviewTests
{
    private const string Key = "support/refunds";

    [Fact]
    public async Task With_the_gate_on_a_session_teaches_only_once_it_is_approved()
    {
        await using var cluster = await TestCluster.StartAsync(synthesizer: GatedSynthesizer.Open(), requireApproval: true);
        var session = await cluster.Client.RunSessionAsync(Key);
        Assert.Equal((ReviewStatus.Pending, LearningStanding.Observed), (session.ReviewStatus, session.Learning));
        Assert.Equal(0, (await cluster.Client.DescribeAsync(Key)).SessionsApplied);

        var reviewed = await cluster.Client.ReviewAsync(session.SessionId, new ReviewDecision(ReviewStatus.Approved, "ada", "fine"));

        Assert.True(reviewed.Teaches);
        await Eventually.TrueAsync(
            async () => (await cluster.Client.ResolveAsync(Key)).Version == 1, TimeSpan.FromSeconds(30), "The playbook");
        Assert.Equal(1, (await cluster.Client.DescribeAsync(Key)).SessionsApplied);
        Assert.Equal(0, await cluster.Database.ScalarAsync<long>("SELECT count(*) FROM learning_outbox"));
        Assert.Equal("ada", await cluster.Database.ScalarAsync<string>("SELECT reviewer FROM review_decisions"));
    }

    [Fact]
    public async Task A_review_that_comes_with_the_session_counts()
    {
        await using var cluster = await TestCluster.StartAsync(synthesizer: GatedSynthesizer.Open(), requireApproval: true);

        var approved = await cluster.Client.RunSessionAsync(Key, review: "approved");
        var quarantined = await cluster.Client.RunSessionAsync(Key, review: "quarantined");

        Assert.Equal((ReviewStatus.Approved, LearningStanding.Applied), (approved.ReviewStatus, approved.Learning));
        Assert.Equal((ReviewStatus.Quarantined, LearningStanding.Observed), (quarantined.ReviewStatus, quarantined.Learning));
        Assert.NotNull(quarantined.Reason);
    }

    [Fact]
    public async Task Quarantining_a_session_tells_which_version_it_taught()
    {
        await using var cluster = await TestCluster.StartAsync(synthesizer: GatedSynthesizer.Open());
        var session = await cluster.Client.RunSessionAsync(Key);
        await Eventually.TrueAsync(
            async () => (await cluster.Client.ResolveAsync(Key)).Version == 1, TimeSpan.FromSeconds(30), "The playbook");

        var reviewed = await cluster.Client.ReviewAsync(session.SessionId, new ReviewDecision(ReviewStatus.Quarantined, "ada", "wrong task"));

        Assert.Equal(1, reviewed.TaughtVersion);
        Assert.False(reviewed.Teaches);
    }

    [Theory]
    [InlineData((ReviewStatus)9, "ada", "pending, approved or quarantined")]
    [InlineData(ReviewStatus.Approved, " ", "needs a reviewer")]
    public async Task A_review_that_makes_no_sense_is_refused_with_what_would(ReviewStatus status, string reviewer, string expected)
    {
        await using var cluster = await TestCluster.StartAsync();
        var session = await cluster.Client.RunSessionAsync(Key);

        var refused = await Assert.ThrowsAsync<AtlasRefusedException>(
            () => cluster.Client.ReviewAsync(session.SessionId, new ReviewDecision(status, reviewer, null)));

        Assert.Contains(expected, refused.Message, StringComparison.Ordinal);
    }
}
