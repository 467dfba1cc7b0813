using Atlas.Contracts.Playbooks;
using Atlas.Domain;
using Atlas.Grains.Tests.Cluster;
using Atlas.Testing;
using Xunit;

namespace Atlas.Grains.Tests.Learning;

public sealed class CountingTests
{
    private const string Key = "support/refunds";

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_thousand_sessions_completed_at_once_are_applied_exactly_once(int silos)
    {
        await using var cluster = await TestCluster.StartAsync(silos, GatedSynthesizer.Open());
        await using var second = await cluster.ConnectAsync();
        var clients = new[] { cluster.Client, second };

        var completed = await Task.WhenAll(Enumerable.Range(0, 1000).Select(number => clients[number % 2].RunSessionAsync(Key)));

        Assert.All(completed, session => Assert.Equal(LearningStanding.Applied, session.Learning));
        var key = await cluster.Client.DescribeAsync(Key);
        Assert.Equal((1000, 1000), (key.SessionsApplied, key.SessionsObserved));
        Assert.Equal(1000, await cluster.Database.ScalarAsync<long>(
            "SELECT count(DISTINCT session_id) FROM learning_journal WHERE event_type = 'session_observed'"));
        Assert.Equal(0, await cluster.Database.ScalarAsync<long>("SELECT count(*) FROM learning_outbox"));
    }

    [Fact]
    public async Task A_session_that_is_told_again_counts_once()
    {
        await using var cluster = await TestCluster.StartAsync(synthesizer: GatedSynthesizer.Open());
        var grain = cluster.Silos[0].Grains.GetGrain<ILearningKeyGrain>(Key);
        var told = new FinishedSession(new SessionOutcome { SessionId = 7, Score = 1 }, Teaches: true);

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => grain.Record(told)));

        Assert.Single(answers, answer => answer.Counted);
        Assert.All(answers, answer => Assert.True(answer.Teaches));
        Assert.Equal(1, (await grain.Describe()).SessionsApplied);
    }

    [Fact]
    public async Task A_session_from_long_ago_that_is_told_again_counts_once()
    {
        await using var cluster = await TestCluster.StartAsync(synthesizer: GatedSynthesizer.Open());
        var grain = cluster.Silos[0].Grains.GetGrain<ILearningKeyGrain>(Key);

        // Every other id, so that the key's own memory of them runs full and the journal has to be asked.
        var told = Enumerable.Range(1, 400).Select(number => Told(number * 2L)).ToArray();
        await Task.WhenAll(told.Select(session => grain.Record(session)));
        var again = await Task.WhenAll(told.Select(session => grain.Record(session)));

        Assert.All(again, answer => Assert.False(answer.Counted));
        Assert.All(again, answer => Assert.True(answer.Teaches));
        Assert.Equal(400, (await grain.Describe()).SessionsApplied);
    }

    [Fact]
    public async Task Completing_a_session_again_changes_nothing()
    {
        await using var cluster = await TestCluster.StartAsync(synthesizer: GatedSynthesizer.Open());
        var first = await cluster.Client.RunSessionAsync(Key, score: 1);

        var again = await cluster.Client.GetSession(first.SessionId).Complete(new(SessionStatus.Failed, "Something else."));

        Assert.Equal(SessionStatus.Succeeded, again.Status);
        Assert.Equal(1, (await cluster.Client.DescribeAsync(Key)).SessionsApplied);
        Assert.Equal("Done.", await cluster.Database.ScalarAsync<string>("SELECT final_answer FROM sessions"));
    }

    [Fact]
    public async Task A_session_whose_key_was_never_told_is_told_later()
    {
        await using var cluster = await TestCluster.StartAsync(synthesizer: GatedSynthesizer.Open());
        var session = await cluster.Client.StartSessionAsync(new("Refund order 1042", Key));

        // As if the silo had died between the records and the key.
        await cluster.Database.ExecuteAsync("""
            UPDATE sessions SET status = 'succeeded', review_status = 'approved' WHERE id = $1
            """, (int)session.SessionId);
        await cluster.Database.ExecuteAsync("""
            INSERT INTO learning_outbox (session_id, learning_key, outcome, teaches, created_at)
            VALUES ($1, $2, jsonb_build_object('session_id', $1, 'score', 1), true, now() - interval '1 minute')
            """, (int)session.SessionId, Key);

        await Eventually.TrueAsync(
            async () => (await cluster.Client.DescribeAsync(Key)).SessionsApplied == 1, TimeSpan.FromSeconds(30), "Telling the key again");
        Assert.Equal(0, await cluster.Database.ScalarAsync<long>("SELECT count(*) FROM learning_outbox"));
    }

    private static FinishedSession Told(long id) =>
        new(new SessionOutcome { SessionId = id, Score = 1 }, Teaches: true);
}
