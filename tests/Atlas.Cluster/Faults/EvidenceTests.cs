using System.Text.Json;
using System.Text.Json.Nodes;
using Atlas.Client;
using Atlas.Cluster.Processes;
using Atlas.Contracts.Playbooks;
using Atlas.Contracts.Sessions;
using Atlas.Domain;
using Atlas.Domain.Playbooks;
using Atlas.Domain.Sessions;
using Atlas.Learning.Playbooks;
using Atlas.Testing;
using Xunit;

namespace Atlas.Cluster.Faults;

/// <summary>What is drawn and counted does not depend on who dies meanwhile.</summary>
public sealed class EvidenceTests
{
    private const string Key = "evidence/same";
    private const int Sessions = 36;
    private const int Waves = 2;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private static readonly Dictionary<string, string> Trying = new() { ["Atlas__Learning__Evidence__Enabled"] = "true" };

    private static readonly LearnedPlaybook Playbook = PlaybookDocument.Import("""
        {"format": "atlas.playbook.v2", "student": ["Stay calm."], "teacher": null, "entries": [
          {"id": "one", "audience": "student", "cue": {"type": "keyword", "pattern": "order"}, "action": {"imperative": "Look twice"}, "provenance": {"status": {"lifecycle": "provisional"}}},
          {"id": "two", "audience": "student", "cue": {"type": "keyword", "pattern": "refund"}, "action": {"imperative": "Count the words"}}]}
        """);

    [Fact]
    public async Task Silos_killed_in_the_middle_leave_the_evidence_of_one_silo_in_peace_to_the_last_bit()
    {
        var random = new Random(FaultSeed.Take());
        string peace;
        await using (var calm = await SiloCluster.StartAsync(1, Trying))
        {
            peace = await RunAsync(calm, null);
        }

        await using var cluster = await SiloCluster.StartAsync(2, Trying);
        Assert.Equal(peace, await RunAsync(cluster, random));
    }

    /// <summary>Waves of sessions that are all started, and then all ended: what is expected of a task is known at the start of a wave, whatever the order of its ends.</summary>
    private static async Task<string> RunAsync(SiloCluster cluster, Random? random)
    {
        await using var client = await cluster.ConnectAsync(retryFor: Patience);
        await client.ImportAsync(Key, Playbook, new Attribution("test", "to be tried"));
        for (var wave = 0; wave < Waves; wave++)
        {
            // Those that die are started last, so that all of the wave are started before the first of them is given up.
            var sessions = new AtlasSession[Sessions];
            foreach (var number in Enumerable.Range(0, Sessions).OrderBy(Dies))
            {
                sessions[number] = await client.StartSessionAsync(new StartSession(
                    FormattableString.Invariant($"Order {number % 5}: {(number % 2 == 0 ? "refund it" : "look at it")}"), Key,
                    ExternalId: FormattableString.Invariant($"{wave}/{number}"), LeaseSeconds: Dies(number) ? 8 : null));
            }

            var order = Enumerable.Range(0, Sessions).ToArray();
            random?.Shuffle(order);
            var ends = Task.WhenAll(order.Chunk(Sessions / 4).Select(part => Task.Run(async () =>
            {
                foreach (var number in part)
                {
                    await EndAsync(sessions[number], number);
                }
            })));
            for (var kill = 0; random is not null && kill < FaultSeed.Kills; kill++)
            {
                var silo = cluster.Silos[random.Next(cluster.Silos.Count)];
                await Eventually.AfterAsync(TimeSpan.FromMilliseconds(random.Next(20, 300)));
                await silo.KillAsync();
                await cluster.StartAgainAsync(silo);
            }

            await ends;
            await Eventually.TrueAsync(async () => await CountedAsync(cluster) == (wave + 1) * Sessions, Patience, $"all sessions of wave {wave} counted");
        }

        return await EvidenceAsync(cluster);
    }

    /// <summary>Rewards between 0 and 1, some that come later, some that never come, sessions that fail, and some of which nothing is heard any more.</summary>
    private static async Task EndAsync(AtlasSession session, int number)
    {
        if (Dies(number))
        {
            return;
        }

        var reward = new SessionReward(((number * 37) % 101) / 101.0);
        var (fails, comesLater, neverComes) = (number % 9 == 1, number % 9 == 2, number % 9 == 3);
        await session.CompleteAsync(new CompleteSession(fails ? SessionStatus.Failed : SessionStatus.Succeeded, "Done.", fails || comesLater || neverComes ? null : reward));
        if (comesLater)
        {
            await session.RewardAsync(reward);
        }
    }

    private static bool Dies(int number) => number % 9 == 4;

    private static Task<long> CountedAsync(SiloCluster cluster) => cluster.ScalarAsync<long>(
        "SELECT count(*) FROM learning_journal WHERE learning_key = $1 AND event_type = 'session_observed'", Key);

    /// <summary>All that was counted, without the numbers of sessions, which a start that was repeated may leave out, and without the alarm, which looks at sessions in the order in
    /// which they end.</summary>
    private static async Task<string> EvidenceAsync(SiloCluster cluster)
    {
        var text = await cluster.ScalarAsync<string>("SELECT payload #>> '{state,trials,evidence}' FROM orleans.grain_state WHERE payload #>> '{state,learning_key}' = $1", Key);
        var evidence = JsonNode.Parse(text)!.AsObject();
        evidence.Remove("watch");
        var expectation = evidence["expectation"]!.AsObject();
        expectation.Remove("last");
        var tasks = expectation["tasks"]!.GetValue<string>().Split(',').Select(task => string.Join(' ', task.Split(' ').Take(3))).Order(StringComparer.Ordinal);
        expectation["tasks"] = string.Join(',', tasks);
        return evidence.ToJsonString(new JsonSerializerOptions { WriteIndented = true });
    }
}
