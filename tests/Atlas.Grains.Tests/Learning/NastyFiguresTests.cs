using System.Globalization;
using System.Text.Json;
using Atlas.Contracts;
using Atlas.Contracts.Sessions;
using Atlas.Domain;
using Atlas.Domain.Sessions;
using Atlas.Grains.Tests.Cluster;
using Atlas.Learning.Options;
using Xunit;

namespace Atlas.Grains.Tests.Learning;

/// <summary>No figure that a client can send keeps a learning key from counting the next session.</summary>
public sealed class NastyFiguresTests(ITestOutputHelper output)
{
    private const string Key = "support/refunds";

    private static readonly double[] Shares =
    [
        0, -0.0, double.Epsilon, 2 * double.Epsilon, 2.2250738585072014e-308, 1e-300, 1e-20, 0.5, Math.BitIncrement(0.5),
        Math.BitDecrement(0.5), 1 / 3.0, Math.BitDecrement(1.0), 1,
    ];

    private static readonly double[] Refused =
        [double.NaN, double.PositiveInfinity, double.NegativeInfinity, -double.Epsilon, Math.BitIncrement(1.0), -1, 1e308];

    private static readonly string[] Amounts =
        ["0", "-0.0", "5e-324", "1.7976931348623157e308", "-1.7976931348623157e308", "1e400", "-7", "9223372036854775807", "\"NaN\"", "\"Infinity\"", "null"];

    [Fact]
    public async Task Rewards_that_differ_by_next_to_nothing_block_no_key()
    {
        await using var cluster = await TestCluster.StartAsync(synthesizer: GatedSynthesizer.Open(), drift: new DriftOptions());
        foreach (var score in (double[])[5e-324, 0, 0.5])
        {
            await cluster.Client.RunSessionAsync(Key, score);
        }

        var request = new StartSession("Refund order 1042", Key, ExternalId: "the-fourth");
        await cluster.Client.StartSessionAsync(request);
        await cluster.RestartAsync();
        var session = await cluster.Client.StartSessionAsync(request);
        Assert.Equal(SessionStatus.Succeeded, (await session.CompleteAsync("Done.", score: 0.7)).Status);

        Assert.Equal(4, (await cluster.Client.DescribeAsync(Key)).SessionsObserved);
        Assert.Equal(0, await cluster.Database.ScalarAsync<long>("SELECT count(*) FROM session_faults"));
    }

    [Fact]
    public async Task Whatever_figures_a_client_sends_the_key_counts_the_next_session()
    {
        var seed = Environment.GetEnvironmentVariable("ATLAS_TEST_SEED") is { } given
            ? int.Parse(given, CultureInfo.InvariantCulture)
            : Random.Shared.Next();
        output.WriteLine($"Replay with ATLAS_TEST_SEED={seed}.");
        var random = new Random(seed);
        await using var cluster = await TestCluster.StartAsync(synthesizer: GatedSynthesizer.Open(), drift: new DriftOptions());
        const int Sessions = 40;
        for (var number = 1; number <= Sessions; number++)
        {
            var session = await cluster.Client.StartSessionAsync(new StartSession("Refund order 1042", Key));
            var wrong = Pick(random, Refused);
            var refusal = await Assert.ThrowsAsync<AtlasRefusedException>(() => session.CompleteAsync(random.Next(2) == 0
                ? new CompleteSession(SessionStatus.Succeeded, "Done.", new SessionReward(wrong))
                : new CompleteSession(SessionStatus.Succeeded, "Done.", new SessionReward(0.5, wrong))));
            Assert.Contains("a number from 0 to 1", refusal.Message, StringComparison.Ordinal);

            var completed = await session.CompleteAsync(new CompleteSession(
                SessionStatus.Succeeded, "Done.", new SessionReward(Pick(random, Shares), random.Next(3) == 0 ? null : Pick(random, Shares)),
                Metadata: JsonElement.Parse(Metadata(random))));

            Assert.Contains(completed.Learning, (LearningStanding[])[LearningStanding.Applied, LearningStanding.Observed]);
            Assert.Equal(number, (await cluster.Client.DescribeAsync(Key)).SessionsObserved);
            if (number == Sessions / 2)
            {
                await cluster.RestartAsync();
            }
        }

        Assert.Equal(0, await cluster.Database.ScalarAsync<long>("SELECT count(*) FROM sessions WHERE status = 'running'"));
        Assert.Equal(0, await cluster.Database.ScalarAsync<long>("SELECT count(*) FROM session_faults"));
        Assert.Equal(0, await cluster.Database.ScalarAsync<long>("SELECT count(*) FROM learning_outbox"));
        Assert.Equal(0, await cluster.Database.ScalarAsync<long>("""
            SELECT count(*) FROM sessions s, jsonb_path_query(s.metadata -> 'drift', '$.**{1 to last} ? (@.type() == "number")') AS figure
             WHERE abs(figure::numeric) > 1e308
            """));
    }

    [Fact]
    public async Task Members_that_come_twice_in_metadata_hold_nothing_up()
    {
        await using var cluster = await TestCluster.StartAsync(synthesizer: GatedSynthesizer.Open());
        var session = await cluster.Client.StartSessionAsync(
            new StartSession("Refund order 1042", Key, Metadata: JsonElement.Parse("""{"tags": ["a"], "tags": ["b"]}""")));

        await session.CompleteAsync(new CompleteSession(
            SessionStatus.Succeeded, "Done.", new SessionReward(1), Metadata: JsonElement.Parse("""{"token_usage": {"total_tokens": 1}, "token_usage": {"total_tokens": 2}}""")));

        Assert.Equal("""["b"] 2""", await cluster.Database.ScalarAsync<string>(
            "SELECT (metadata ->> 'tags') || ' ' || (metadata #>> '{token_usage,total_tokens}') FROM sessions WHERE id = $1", (int)session.SessionId));
    }

    private static string Metadata(Random random)
    {
        string Amount() => Pick(random, Amounts);
        return $$"""
            {"token_usage": {"prompt_tokens": {{Amount()}}, "completion_tokens": {{Amount()}} {{(random.Next(2) == 0 ? "" : $", \"total_tokens\": {Amount()}")}} },
             "learning_usage": {"session": {"retry_count": {{Amount()}}, "cue_hits": {{Amount()}}},
                                "roles": {"student": {"e1": {"cue_hits": {{Amount()}}, "action_adoptions": {{Amount()}},
                                                             "successful_adoptions": {{Amount()}}, "failed_adoptions": {{Amount()}} } } } } }
            """;
    }

    private static T Pick<T>(Random random, T[] values) => values[random.Next(values.Length)];
}
