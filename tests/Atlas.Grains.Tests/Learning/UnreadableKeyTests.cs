using Atlas.Client;
using Atlas.Contracts.Playbooks;
using Atlas.Contracts.Sessions;
using Atlas.Domain;
using Atlas.Domain.Sessions;
using Atlas.Grains.Judging;
using Atlas.Grains.Tests.Cluster;
using Atlas.Learning.Playbooks;
using Atlas.Storage.Learning;
using Atlas.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Xunit;

namespace Atlas.Grains.Tests.Learning;

/// <summary>A key whose version is gone from the archive cannot be activated. Its sessions wait for its repair, and those of other keys do
/// not wait with them.</summary>
public sealed class UnreadableKeyTests
{
    private const string Broken = "support/broken";
    private const string Key = "support/refunds";
    private const string Break = $"DELETE FROM playbook_versions WHERE learning_key = '{Broken}'";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    [Fact]
    public async Task A_judgement_that_cannot_be_stored_gives_its_place_to_the_next_session()
    {
        var judge = new ScriptedJudge();
        await using var cluster = await StartAsync(judge, new JudgingOptions { ParallelSessions = 1 });
        var first = (await cluster.Client.RunSessionAsync(Broken, score: null)).SessionId;
        var second = (await cluster.Client.RunSessionAsync(Key, score: null)).SessionId;
        await cluster.RestartAsync($"{Break}; UPDATE session_judgings SET due_at = now() - interval '1 hour' WHERE session_id = {first}");

        judge.Pass(int.MaxValue / 2);

        Assert.Equal(0.8, (await AwaitRewardAsync(cluster, second)).Reward?.Score);
        Assert.Contains("playbook_versions", await cluster.Database.ScalarAsync<string>("SELECT reason FROM session_judgings WHERE state = 'pending' AND session_id = $1", (int)first), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_session_that_cannot_be_counted_without_a_judge_does_not_keep_others_from_it()
    {
        await using var cluster = await StartAsync();
        var (first, second) = (await RunAsync(cluster, Broken), await RunAsync(cluster, Key));
        await cluster.Database.ExecuteAsync($"INSERT INTO session_judgings (session_id, due_at) VALUES ({first}, now() - interval '3 hours'), ({second}, now() - interval '2 hours')");
        await cluster.RestartAsync(Break);

        await SweepOf(cluster).RunOnceAsync(CancellationToken.None);

        Assert.Equal("failed", await JudgingAsync(second));
        Assert.Equal("pending", await JudgingAsync(first));
        Assert.True(await cluster.Database.ScalarAsync<bool>("SELECT due_at > now() - interval '1 minute' FROM session_judgings WHERE session_id = $1", (int)first));

        Task<string?> JudgingAsync(long session) => cluster.Database.ScalarAsync<string>("SELECT state FROM session_judgings WHERE session_id = $1", (int)session);
    }

    [Fact]
    public async Task Sessions_that_cannot_be_closed_do_not_keep_others_from_being_closed()
    {
        await using var cluster = await StartAsync();
        var session = (await cluster.Client.StartSessionAsync(new StartSession("Refund order 1042", Key))).SessionId;
        await cluster.RestartAsync(Break + $"""
            ;
            UPDATE sessions SET lease_until = now() - interval '1 hour' WHERE id = {session};
            INSERT INTO sessions (task, status, metadata, lease_seconds, lease_until)
            SELECT 'Refund', 'running', jsonb_build_object('learning_key', '{Broken}'), 10, now() - interval '2 hours' FROM generate_series(1, 100)
            """);

        await Eventually.TrueAsync(async () => (await cluster.Client.StandingAsync(session)).Status is SessionStatus.Failed, Patience, "The end of the session");

        Assert.Equal(100, await cluster.Database.ScalarAsync<long>("SELECT count(*) FROM sessions WHERE status = 'running'"));
    }

    [Fact]
    public async Task Sessions_that_cannot_be_counted_do_not_keep_others_from_being_counted()
    {
        await using var cluster = await StartAsync();
        var session = await RunAsync(cluster, Key);
        var outcome = await cluster.Database.ScalarAsync<string>("SELECT event ->> 'outcome' FROM learning_journal WHERE event_type = 'session_observed'");
        await cluster.RestartAsync(Break + $"""
            ;
            INSERT INTO sessions (task, status, metadata)
            SELECT 'Refund', 'succeeded', jsonb_build_object('learning_key', k.learning_key)
              FROM (SELECT '{Broken}' AS learning_key FROM generate_series(1, 200) UNION ALL SELECT '{Key}') AS k;
            INSERT INTO learning_outbox (session_id, learning_key, outcome, teaches, created_at)
            SELECT id, stored_learning_key, jsonb_set('{outcome}', ARRAY['session_id'], to_jsonb(id)), false,
                   now() - CASE WHEN stored_learning_key = '{Key}' THEN interval '1 hour' ELSE interval '2 hours' END
              FROM sessions WHERE id <> {session}
            """);

        await Eventually.TrueAsync(async () => (await cluster.Client.DescribeAsync(Key)).SessionsObserved == 2, Patience, "The count of the other session");

        Assert.Equal(200, await cluster.Database.ScalarAsync<long>("SELECT count(*) FROM learning_outbox"));
        Assert.Empty(await new SessionFaults(cluster.Database.DataSource).OpenAsync(10));
    }

    private static async Task<TestCluster> StartAsync(ScriptedJudge? judge = null, JudgingOptions? judging = null)
    {
        var cluster = await TestCluster.StartAsync(synthesizer: GatedSynthesizer.Open(), judge: judge, judging: judging);
        await cluster.Client.ImportAsync(Broken, PlaybookDocument.Import("""{"format": "atlas.playbook.v1", "student": ["Look."]}"""), new Attribution("ann", null));
        return cluster;
    }

    private static async Task<long> RunAsync(TestCluster cluster, string key) => (await cluster.Client.RunSessionAsync(key, score: 0.5)).SessionId;

    private static JudgelessSweep SweepOf(TestCluster cluster) => cluster.Silos[0].Services.GetServices<IHostedService>().OfType<JudgelessSweep>().Single();

    private static async Task<SessionState> AwaitRewardAsync(TestCluster cluster, long session)
    {
        SessionState? state = null;
        await Eventually.TrueAsync(async () => (state = await cluster.Client.StandingAsync(session)).Judging is JudgingStatus.Judged, Patience, "The judgement");
        return state!;
    }
}
