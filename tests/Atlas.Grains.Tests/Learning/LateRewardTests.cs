using Atlas.Client;
using Atlas.Contracts;
using Atlas.Contracts.Playbooks;
using Atlas.Domain;
using Atlas.Domain.Sessions;
using Atlas.Grains.Tests.Cluster;
using Atlas.Testing;
using Xunit;

namespace Atlas.Grains.Tests.Learning;

public sealed class LateRewardTests
{
    private const string Key = "support/refunds";

    [Fact]
    public async Task A_reward_after_the_end_lets_the_session_teach_and_is_counted_once()
    {
        await using var cluster = await TestCluster.StartAsync(synthesizer: GatedSynthesizer.Open());
        var ended = await cluster.Client.RunSessionAsync(Key, score: null);
        Assert.Equal((LearningStanding.Observed, 0), (ended.Learning, (await cluster.Client.DescribeAsync(Key)).SessionsApplied));
        var session = cluster.Client.GetSession(ended.SessionId);

        var rewarded = await session.Reward(new SessionReward(0.5, Judge: "customer"));
        var again = await session.Reward(new SessionReward(0.5, Judge: "customer"));

        Assert.Equal((LearningStanding.Applied, LearningStanding.Applied), (rewarded.Learning, again.Learning));
        var key = await cluster.Client.DescribeAsync(Key);
        Assert.Equal((1, 1), (key.SessionsObserved, key.SessionsApplied));
        Assert.Equal(0.5, (await session.Standing()).Reward!.Score);
        await Assert.ThrowsAsync<AtlasRefusedException>(() => session.Reward(new SessionReward(0.6)));
        Assert.Equal(0, await cluster.Database.ScalarAsync<long>("SELECT count(*) FROM learning_outbox"));
    }

    [Fact]
    public async Task A_reward_that_the_key_was_not_told_is_told_later_and_never_twice()
    {
        await using var cluster = await TestCluster.StartAsync(synthesizer: GatedSynthesizer.Open());
        var ended = await cluster.Client.RunSessionAsync(Key, score: null);

        // As if the silo had died between the reward's record and the key; and once more after the key had counted it.
        for (var time = 0; time < 2; time++)
        {
            await cluster.Database.ExecuteAsync("""
                INSERT INTO learning_outbox (session_id, learning_key, outcome, teaches, rewarded, created_at)
                VALUES ($1, $2, jsonb_build_object('session_id', $1, 'score', 1), true, true, now() - interval '1 minute')
                """, (int)ended.SessionId, Key);
            await Eventually.TrueAsync(
                async () => await cluster.Database.ScalarAsync<long>("SELECT count(*) FROM learning_outbox") == 0, TimeSpan.FromSeconds(30), "Telling the key again");
        }

        var key = await cluster.Client.DescribeAsync(Key);
        Assert.Equal((1, 1), (key.SessionsObserved, key.SessionsApplied));
        Assert.Equal(1, await cluster.Database.ScalarAsync<long>("SELECT count(*) FROM learning_journal WHERE event_type = 'session_rewarded'"));
    }

    [Fact]
    public async Task Late_rewards_from_long_ago_and_of_sessions_that_were_never_counted_count_once()
    {
        await using var cluster = await TestCluster.StartAsync(synthesizer: GatedSynthesizer.Open());
        var grain = cluster.Silos[0].Grains.GetGrain<ILearningKeyGrain>(Key);

        // Every other id, so that the key's own memory runs full; every third was not counted before its reward came.
        var ids = Enumerable.Range(1, 400).Select(number => number * 2L).ToArray();
        await Task.WhenAll(ids.Where(id => id % 3 != 0).Select(id => grain.Record(new(new SessionOutcome { SessionId = id }, Teaches: false))));
        var told = ids.Select(id => new FinishedSession(new SessionOutcome { SessionId = id, Score = 1 }, Teaches: true, IsLateReward: true)).ToArray();
        await Task.WhenAll(told.Select(session => grain.Record(session)));
        var again = await Task.WhenAll(told.Select(session => grain.Record(session)));

        Assert.All(again, answer => Assert.Equal((false, true, true), (answer.Counted, answer.Teaches, answer.KnowsReward)));
        var key = await grain.Describe();
        Assert.Equal((400, 400), (key.SessionsObserved, key.SessionsApplied));
        Assert.Equal(400, await cluster.Database.ScalarAsync<long>("SELECT (state #>> '{history,score_count}')::bigint FROM orleans.learning_state WHERE learning_key = $1", Key));
    }

    [Fact]
    public async Task A_quarantined_session_stays_out_of_what_is_learned_when_its_reward_comes()
    {
        await using var cluster = await TestCluster.StartAsync(synthesizer: GatedSynthesizer.Open());
        var ended = await cluster.Client.RunSessionAsync(Key, score: null);
        var session = cluster.Client.GetSession(ended.SessionId);
        await session.Review(new ReviewDecision(ReviewStatus.Quarantined, "ann", "a test call"));

        await session.Reward(new SessionReward(1));

        Assert.Equal(0, (await cluster.Client.DescribeAsync(Key)).SessionsApplied);
        Assert.Equal(0, await cluster.Database.ScalarAsync<long>("SELECT (state #>> '{history,score_count}')::bigint FROM orleans.learning_state WHERE learning_key = $1", Key));
        Assert.Equal(ReviewStatus.Quarantined, (await session.Standing()).ReviewStatus);
        Assert.Equal(0, await cluster.Database.ScalarAsync<long>("SELECT count(*) FROM learning_outbox"));
        Assert.Equal(0, await cluster.Database.ScalarAsync<long>("SELECT count(*) FROM outside_reviews"));
    }
}
