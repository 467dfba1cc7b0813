using Atlas.Domain;
using Atlas.Grains.Tests.Cluster;
using Atlas.Learning.Options;
using Xunit;

namespace Atlas.Grains.Tests.Learning;

public sealed class DriftTests
{
    private const string Key = "support/refunds";
    private static readonly double[] Usual = [0.8, 0.82, 0.78, 0.81, 0.79];

    [Fact]
    public async Task A_reward_out_of_line_goes_back_to_review_and_does_not_teach()
    {
        await using var cluster = await TestCluster.StartAsync(synthesizer: GatedSynthesizer.Open(), drift: new DriftOptions());
        foreach (var score in Usual)
        {
            Assert.Equal(LearningStanding.Applied, (await cluster.Client.RunSessionAsync(Key, score)).Learning);
        }

        var unusual = await cluster.Client.RunSessionAsync(Key, score: 0.1);

        Assert.Equal(
            "5 [0.8, 0.82, 0.78, 0.81, 0.79]",
            await cluster.Database.ScalarAsync<string>(
                "SELECT metadata #>> '{learning_history,total_count}' || ' ' || (metadata #>> '{learning_history,scores}') FROM sessions WHERE id = $1",
                (int)unusual.SessionId));
        Assert.Equal((ReviewStatus.Pending, LearningStanding.Observed), (unusual.ReviewStatus, unusual.Learning));
        Assert.Equal(5, (await cluster.Client.DescribeAsync(Key)).SessionsApplied);
        Assert.Equal(
            "Reward drift alert (score_z)",
            await cluster.Database.ScalarAsync<string>("SELECT review_notes FROM sessions WHERE id = $1", (int)unusual.SessionId));
        Assert.Equal(
            5L,
            await cluster.Database.ScalarAsync<long>(
                "SELECT (metadata #>> '{drift,baseline,sample_count}')::bigint FROM sessions WHERE id = $1", (int)unusual.SessionId));
    }

    [Fact]
    public async Task A_person_who_approved_the_session_is_believed_and_the_drift_stays_visible()
    {
        await using var cluster = await TestCluster.StartAsync(synthesizer: GatedSynthesizer.Open(), drift: new DriftOptions());
        foreach (var score in Usual)
        {
            await cluster.Client.RunSessionAsync(Key, score);
        }

        var unusual = await cluster.Client.RunSessionAsync(Key, score: 0.1, review: "approved");

        Assert.Equal((ReviewStatus.Approved, LearningStanding.Applied), (unusual.ReviewStatus, unusual.Learning));
        Assert.True(await cluster.Database.ScalarAsync<bool>(
            "SELECT (metadata ->> 'drift_alert')::boolean FROM sessions WHERE id = $1", (int)unusual.SessionId));
    }

    [Fact]
    public async Task A_quarantined_session_leaves_the_baseline()
    {
        await using var cluster = await TestCluster.StartAsync(synthesizer: GatedSynthesizer.Open(), drift: new DriftOptions());
        foreach (var score in Usual)
        {
            await cluster.Client.RunSessionAsync(Key, score);
        }

        var wrong = await cluster.Client.RunSessionAsync(Key, score: 0.1);
        await cluster.Client.ReviewAsync(wrong.SessionId, new(ReviewStatus.Quarantined, "ada", "the judge was down"));
        var next = await cluster.Client.RunSessionAsync(Key, score: 0.8);

        Assert.Equal(
            5L,
            await cluster.Database.ScalarAsync<long>(
                "SELECT (metadata #>> '{drift,baseline,sample_count}')::bigint FROM sessions WHERE id = $1", (int)next.SessionId));
    }
}
