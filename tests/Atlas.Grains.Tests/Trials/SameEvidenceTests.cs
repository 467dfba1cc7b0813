using System.Text.Json;
using Atlas.Client;
using Atlas.Contracts.Playbooks;
using Atlas.Domain;
using Atlas.Domain.Json;
using Atlas.Domain.Sessions;
using Atlas.Grains.Tests.Cluster;
using Atlas.Learning.Evidence;
using Atlas.Learning.Journal;
using Xunit;

namespace Atlas.Grains.Tests.Trials;

/// <summary>However sessions end, the evidence is the same to the last bit.</summary>
public sealed class SameEvidenceTests
{
    private const string Key = "trials/same";
    private const int Sessions = 48;

    [Fact]
    public async Task Two_silos_late_rewards_and_repeated_ends_give_what_one_silo_gives_in_peace()
    {
        var peace = await EvidenceAsync(1, numbers => numbers, times: 1);
        var trouble = await EvidenceAsync(2, numbers => numbers.OrderBy(number => number * 29 % Sessions), times: 2);

        Assert.Equal(peace, trouble);
    }

    [Fact]
    public async Task A_quarantined_session_leaves_the_evidence_and_comes_back_to_the_last_bit()
    {
        await using var cluster = await StartAsync(1);
        var sessions = await BeginAsync(cluster);
        foreach (var session in sessions)
        {
            await EndAsync(session, sessions.IndexOf(session));
        }

        var before = await StateAsync(cluster);
        await cluster.Client.ReviewAsync(sessions[6].SessionId, new ReviewDecision(ReviewStatus.Quarantined, "ann", "a broken run"));
        var without = await StateAsync(cluster);
        await cluster.Client.ReviewAsync(sessions[6].SessionId, new ReviewDecision(ReviewStatus.Approved, "ann", "no, it was right"));
        var after = await StateAsync(cluster);

        Assert.NotEqual(Text(before), Text(without));
        Assert.Equal(before.Trials!.Evidence.Expectation.Sessions - 1, without.Trials!.Evidence.Expectation.Sessions);
        Assert.Equal(Text(before), Text(after));
    }

    private static async Task<string> EvidenceAsync(int silos, Func<IEnumerable<int>, IEnumerable<int>> order, int times)
    {
        await using var cluster = await StartAsync(silos);
        var sessions = await BeginAsync(cluster);
        await Task.WhenAll(order(Enumerable.Range(0, Sessions)).Chunk(silos == 1 ? Sessions : 6).Select(async numbers =>
        {
            foreach (var number in numbers)
            {
                for (var time = 0; time < times; time++)
                {
                    await EndAsync(sessions[number], number);
                }
            }
        }));
        return Text(await StateAsync(cluster));
    }

    private static Task<TestCluster> StartAsync(int silos) => TestCluster.StartAsync(silos, requireApproval: true, evidence: new EvidenceOptions());

    private static async Task<List<AtlasSession>> BeginAsync(TestCluster cluster)
    {
        var world = new TrialWorld(cluster.Client, Key, 3) { Chance = (_, _, _) => 0.5 };
        await cluster.Client.ImportAsync(Key, TrialWorld.Playbook("", ("one", "order", "Look twice"), ("two", "refund", "Count the words")), new Attribution("ann", "to be tried"));
        var sessions = new List<AtlasSession>();
        for (var number = 0; number < Sessions; number++)
        {
            sessions.Add(await world.StartAsync(number));
        }

        return sessions;
    }

    /// <summary>Some get a share of a reward, some fail without one, and of some nobody knows how they went.</summary>
    private static Task EndAsync(AtlasSession session, int number) => session.CompleteAsync(new CompleteSession(
        number % 7 == 3 ? SessionStatus.Failed : SessionStatus.Succeeded,
        "Done.",
        number % 7 is 3 or 5 ? null : new SessionReward((number % 5) / 4.0)));

    private static Task<LearningKeyState> StateAsync(TestCluster cluster) => TrialWorld.StateAsync(cluster.Database, Key);

    // All but the alarm, which looks at sessions in the order in which they end.
    private static string Text(LearningKeyState state) => JsonSerializer.Serialize(state.Trials!.Evidence with { Watch = RegressionWatch.Start }, AtlasJson.Options);
}
