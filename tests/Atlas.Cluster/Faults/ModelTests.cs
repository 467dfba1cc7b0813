using System.Diagnostics;
using Atlas.Client;
using Atlas.Cluster.Load;
using Atlas.Cluster.Processes;
using Atlas.Contracts.Sessions;
using Atlas.Domain;
using Atlas.Testing;
using Atlas.Testing.Wire;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace Atlas.Cluster.Faults;

/// <summary>The language model is slow, fails, and its silo goes away in the middle of a call.</summary>
public sealed class ModelTests
{
    private const string Key = "model/refunds";
    private const string Playbook =
        """{"version": "playbook_entry.v1", "student_pamphlet": "Look the order up first.", "teacher_pamphlet": null, "playbook_entries": []}""";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Sessions_that_wait_for_a_slow_model_go_on_elsewhere_at_once_when_their_silo_is_told_to_stop()
    {
        await using var model = await ScriptedServer.StartAsync(ScriptedServer.Hang(), Answers.OpenAI(Playbook));
        await using var cluster = await StartAsync(model);
        await using var client = await cluster.ConnectAsync();
        await RunSessionsAsync(client, 3);
        await Eventually.TrueAsync(() => model.Requests.Count == 1, Patience, "a question to the model");

        // Nobody calls the key from here on, and its reminder is a minute away.
        var began = Stopwatch.GetTimestamp();
        foreach (var silo in cluster.Silos.ToList())
        {
            var asked = model.Requests.Count;
            began = Stopwatch.GetTimestamp();
            await silo.StopAsync();
            if (File.ReadLines(silo.Log).Any(line => line.Contains($"{Key} leaves this silo", StringComparison.Ordinal)))
            {
                await Eventually.TrueAsync(() => model.Requests.Count > asked, TimeSpan.FromSeconds(20), "the model asked by another silo");
                break;
            }

            await cluster.StartAgainAsync(silo);
        }

        FaultSeed.Say($"another silo asked the model {Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s after the first was told to stop");
        await LearnedAsync(cluster, sessions: 3);
        Assert.Equal(2, model.Requests.Count);
    }

    [Fact]
    public async Task A_slow_and_failing_model_makes_nobody_wait_and_a_kill_in_its_middle_loses_no_session()
    {
        var broken = 1;
        Func<HttpContext, Task> reply = context => Volatile.Read(ref broken) switch
        {
            1 => ScriptedServer.Hang()(context),
            2 => Answers.Error(500, "The model is ill.")(context),
            _ => Answers.OpenAI(Playbook)(context),
        };
        await using var model = await ScriptedServer.StartAsync(reply);
        await using var cluster = await StartAsync(model);
        await using var client = await cluster.ConnectAsync();
        await RunSessionsAsync(client, 3);
        await Eventually.TrueAsync(() => model.Requests.Count == 1, Patience, "a question to the model");

        var times = new List<double>();
        for (var read = 0; read < 200; read++)
        {
            var began = Stopwatch.GetTimestamp();
            Assert.Equal(0, (await client.ResolveAsync(Key)).Version);
            times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }

        times.Sort();
        FaultSeed.Say($"a read while the model hangs: {times[100]:0.0} ms in the median, {times[198]:0.0} ms at the 99th percentile");
        Assert.True(times[100] < 250, $"a read took {times[100]:0.0} ms in the median while the model hung");

        // One of the two has the call in its hands; whoever reads next wakes the key.
        foreach (var silo in cluster.Silos.ToList())
        {
            await silo.KillAsync();
            await cluster.StartAgainAsync(silo);
            await client.ResolveAsync(Key);
        }

        await Eventually.TrueAsync(() => model.Requests.Count >= 2, Patience, "the question asked again");
        Volatile.Write(ref broken, 2);
        await RunSessionsAsync(client, 2);

        // The call that hangs ends with its silo only; kill whoever holds it once more, so that the failing answers are met.
        foreach (var silo in cluster.Silos.ToList())
        {
            await silo.KillAsync();
            await cluster.StartAgainAsync(silo);
            await client.ResolveAsync(Key);
        }

        await Eventually.TrueAsync(
            async () => (await client.DescribeAsync(Key)).SynthesisFailure is not null, Patience, "a failed synthesis on record");
        Assert.Equal(5, (await client.DescribeAsync(Key)).PendingSessionIds.Length);

        Volatile.Write(ref broken, 3);
        await LearnedAsync(cluster, sessions: 5);
    }

    private static async Task<SiloCluster> StartAsync(ScriptedServer model)
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("atlas-model-").FullName, "atlas.yaml");
        await File.WriteAllTextAsync(file, $"""
            learning:
              llm:
                provider: openai
                model: scripted
                api_key_env: ATLAS_TEST_MODEL_KEY
                api_base: {model.OpenAIAddress}
            """);
        return await SiloCluster.StartAsync(silos: 2, new Dictionary<string, string>
        {
            ["ATLAS_CONFIG"] = file,
            ["ATLAS_TEST_MODEL_KEY"] = "not-a-real-key",
        });
    }

    private static async Task RunSessionsAsync(IAtlasClient client, int count)
    {
        for (var number = 0; number < count; number++)
        {
            var session = await client.StartSessionAsync(new StartSession("Refund order 1042", Key));
            await session.AppendAsync(TrajectoryEvent.ToolCall("get_order"));
            Assert.Equal(LearningStanding.Applied, (await session.CompleteAsync("Done.", score: 1)).Learning);
        }
    }

    private static async Task LearnedAsync(SiloCluster cluster, int sessions)
    {
        await Eventually.TrueAsync(
            async () => await cluster.ScalarAsync<long>("SELECT count(*) FROM playbook_versions WHERE learning_key = $1", Key) == 1,
            Patience,
            "the playbook");
        Assert.Equal(sessions, await cluster.ScalarAsync<int>("SELECT cardinality(session_ids) FROM playbook_versions WHERE learning_key = $1", Key));
        await Ledger.DemandAsync(cluster, []);
    }
}
