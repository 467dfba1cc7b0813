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

    [Fact]
    public async Task A_session_quarantined_before_it_is_counted_never_becomes_evidence()
    {
        await using var cluster = await StartAsync(1);
        var sessions = await BeginAsync(cluster);
        foreach (var session in sessions[..11])
        {
            await EndAsync(session, sessions.IndexOf(session));
        }

        var before = await StateAsync(cluster);
        await cluster.Client.ReviewAsync(sessions[11].SessionId, new ReviewDecision(ReviewStatus.Quarantined, "ann", "a broken run"));
        await EndAsync(sessions[11], 11);
        var after = await StateAsync(cluster);

        Assert.Equal(before.SessionsObserved + 1, after.SessionsObserved);
        Assert.Equal(Text(before), Text(after));
        Assert.Equal(before.Rewards.Samples.Length, after.Rewards.Samples.Length);
    }

    [Fact]
    public async Task Sessions_from_long_ago_are_taken_out_and_put_back_once_and_only_if_they_were_counted()
    {
        await using var cluster = await StartAsync(1);
        await BeginAsync(cluster);
        var grain = cluster.Silos[0].Grains.GetGrain<ILearningKeyGrain>(Key);

        // Gaps between the numbers, so that the key's own memory runs full; the first was counted for no trial.
        var outcomes = Enumerable.Range(1, 200).Select(number => new SessionOutcome
        {
            SessionId = 1000 + (2 * number), Score = 0.5, Assignment = new SessionAssignment { Task = "task", Holdout = new("1", 0.9, number % 2 == 0) },
        }).ToList();
        await grain.Record(new(outcomes[0] with { Assignment = null }, Teaches: false));
        foreach (var outcome in outcomes[1..])
        {
            await grain.Record(new(outcome, Teaches: false));
        }

        var before = await StateAsync(cluster);
        Assert.Null(before.Trials!.StandingOf(outcomes[0].SessionId));
        await ReviewAsync(ReviewStatus.Quarantined, outcomes[0]);
        Assert.Equal(Text(before), Text(await StateAsync(cluster)));

        await ReviewAsync(ReviewStatus.Quarantined, [.. outcomes]);
        var without = await StateAsync(cluster);
        Assert.Equal((199L, 0L), (before.Trials.Evidence.Learning.Sessions, without.Trials!.Evidence.Learning.Sessions));
        Assert.Null(without.Trials.StandingOf(outcomes[1].SessionId));
        await ReviewAsync(ReviewStatus.Quarantined, outcomes[1]);
        Assert.Equal(Text(without), Text(await StateAsync(cluster)));

        await ReviewAsync(ReviewStatus.Approved, [.. outcomes, outcomes[1], outcomes[0]]);
        Assert.Equal(before.Trials.Evidence.Learning, (await StateAsync(cluster)).Trials!.Evidence.Learning);

        async Task ReviewAsync(ReviewStatus status, params SessionOutcome[] reviewed)
        {
            foreach (var outcome in reviewed)
            {
                await grain.Review(outcome.SessionId, new ReviewDecision(status, "ann", null), teaches: false, outcome);
            }
        }
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
