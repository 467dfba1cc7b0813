using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Atlas.Client;
using Atlas.Cluster.Processes;
using Atlas.Contracts;
using Atlas.Contracts.Playbooks;
using Atlas.Contracts.Sessions;
using Atlas.Domain.Playbooks;
using Atlas.Testing;
using Orleans.Runtime;
using Xunit;

namespace Atlas.Cluster.Faults;

/// <summary>What a silo may keep in memory of clients who want too much of it. <c>ATLAS_ABUSE=10</c> wants ten times as much.</summary>
public sealed class AbuseTests
{
    private const int Megabyte = 1024 * 1024;

    // What the runtime may use of the machine; a silo in a container is told as much by its limit.
    private const int HeapMegabytes = 512;

    // Code, threads' stacks and what lies outside of the heap come on top of it.
    private const int MostMegabytes = HeapMegabytes + 350;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private static readonly Attribution By = new("mallory", null);

    private static int Scale => int.TryParse(Environment.GetEnvironmentVariable("ATLAS_ABUSE"), NumberStyles.None, CultureInfo.InvariantCulture, out var scale) ? scale : 1;

    [Fact]
    public async Task A_silos_memory_stays_within_its_bounds_and_nobody_pays_for_what_somebody_else_wants()
    {
        var heap = string.Create(CultureInfo.InvariantCulture, $"0x{(long)HeapMegabytes * Megabyte:x}");
        await using var cluster = await SiloCluster.StartAsync(1, new Dictionary<string, string> { ["DOTNET_GCHeapHardLimit"] = heap, ["Atlas__Http__DashboardKey"] = "a-key-for-the-dashboard" });
        var silo = cluster.Silos[0];
        await using var honest = await cluster.ConnectAsync();
        await using var rude = await cluster.ConnectAsync(retryFor: TimeSpan.FromSeconds(20));
        await honest.ImportAsync("honest", Playbook("Be kind."), By);
        Say(silo, "at the start");

        await OversizedAsync(cluster, rude, honest);
        Say(silo, "messages that are too long");
        await KeysAsync(rude, 2_000 * Scale);
        Say(silo, $"{2_000 * Scale} keys");
        await SessionsAsync(rude, 1_000 * Scale);
        Say(silo, $"{1_000 * Scale} sessions that nobody ends");
        await BatchesAsync(rude, 12 * Scale);
        Say(silo, $"{12 * Scale} appends of 8 MiB, four at a time");
        await WatchersAsync(silo, rude, 200 * Scale);
        Say(silo, $"{200 * Scale} watches that nobody reads");

        Assert.Equal("Be kind.", (await honest.ResolveAsync("honest")).Student!.Text);
        Assert.False(silo.HasEnded);
        Assert.True(Memory(silo, "VmHWM") < MostMegabytes, $"The silo used {Memory(silo, "VmHWM")} MB of memory.");
    }

    private static async Task OversizedAsync(SiloCluster cluster, IAtlasClient rude, IAtlasClient honest)
    {
        await using var direct = await cluster.ConnectAsync(cluster.Silos[0].Spec, TimeSpan.FromSeconds(20));
        foreach (var megabytes in (int[])[9, 40, 120])
        {
            var session = await rude.StartSessionAsync(new StartSession("Say too much", "abuse/long"));
            var message = TrajectoryEvent.Message(new string('x', megabytes * Megabyte));
            var waiting = honest.ResolveAsync("honest");

            // The client refuses it itself, and goes on at once.
            await Assert.ThrowsAsync<AtlasRefusedException>(() => session.AppendAsync(message));
            Assert.Equal("Be kind.", (await rude.ResolveAsync("honest")).Student!.Text);

            // Past the client it meets the silo's bound, or Orleans' own, which may cost the sender its connection, and nobody else anything.
            ImmutableArray<JsonElement> events = [JsonSerializer.SerializeToElement(new { text = new string('x', megabytes * Megabyte) })];
            var failure = await Record.ExceptionAsync(() => direct.Grains.GetGrain<ISessionGrain>(session.SessionId).Append(0, events));
            Assert.True(failure is AtlasRefusedException or OrleansException or TimeoutException, $"{megabytes} MB: {failure}");
            Assert.Equal("Be kind.", (await waiting).Student!.Text);
            Assert.Equal("Be kind.", (await honest.ResolveAsync("honest")).Student!.Text);
            await Eventually.TrueAsync(() => IsServedAsync(direct), Patience, $"the next call of a client that sent {megabytes} MB");
            await session.AppendAsync(TrajectoryEvent.Message("Short."));
            await session.CompleteAsync("Done.", 1);
        }
    }

    private static async Task<bool> IsServedAsync(DirectGateway client)
    {
        try
        {
            return (await client.Grains.GetGrain<ILearningKeyGrain>("honest").Resolve()).Student!.Text == "Be kind.";
        }
        catch (Exception lost) when (lost is OrleansException or TimeoutException)
        {
            return false;
        }
    }

    private static Task KeysAsync(IAtlasClient client, int keys) => Parallel.ForEachAsync(
        Enumerable.Range(0, keys), new ParallelOptions { MaxDegreeOfParallelism = 32 },
        async (key, _) => await client.ResolveAsync(string.Create(CultureInfo.InvariantCulture, $"abuse/key {key}")));

    private static Task SessionsAsync(IAtlasClient client, int sessions) => Parallel.ForEachAsync(
        Enumerable.Range(0, sessions), new ParallelOptions { MaxDegreeOfParallelism = 32 },
        async (number, cancellation) =>
        {
            var session = await client.StartSessionAsync(new StartSession("Begin and go away", "abuse/open"));
            await session.AppendAsync(TrajectoryEvent.Message($"I am number {number}."));
        });

    private static async Task BatchesAsync(IAtlasClient client, int batches)
    {
        var text = new string('x', 7 * Megabyte);
        await Parallel.ForEachAsync(
            Enumerable.Range(0, batches), new ParallelOptions { MaxDegreeOfParallelism = 4 },
            async (_, cancellation) =>
            {
                var session = await client.StartSessionAsync(new StartSession("Say much", "abuse/much"));
                await session.AppendAsync(TrajectoryEvent.Message(text));
            });
    }

    /// <summary>Watches whose sockets take nothing, while the playbook that they watch changes again and again.</summary>
    private static async Task WatchersAsync(SiloProcess silo, IAtlasClient client, int watchers)
    {
        using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = int.MaxValue }) { BaseAddress = silo.Http, Timeout = Patience };
        var open = await Task.WhenAll(Enumerable.Range(0, watchers).Select(_ => http.GetAsync("v1/keys/abuse%2Fwatched/watch", HttpCompletionOption.ResponseHeadersRead)));
        try
        {
            Assert.All(open, answer => Assert.True(answer.IsSuccessStatusCode));
            for (var version = 0; version < 20; version++)
            {
                await client.ImportAsync("abuse/watched", Playbook($"{version} {new string('y', 100_000)}"), By);
            }
        }
        finally
        {
            foreach (var answer in open)
            {
                answer.Dispose();
            }
        }
    }

    private static void Say(SiloProcess silo, string after) =>
        FaultSeed.Say($"{Memory(silo, "VmRSS")} MB in use, {Memory(silo, "VmHWM")} MB at most, after: {after}");

    private static long Memory(SiloProcess silo, string figure) => long.Parse(
        File.ReadLines($"/proc/{silo.Id}/status").Single(line => line.StartsWith(figure, StringComparison.Ordinal)).Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1],
        CultureInfo.InvariantCulture) / 1024;

    private static LearnedPlaybook Playbook(string preface) => new() { StudentPreface = preface };
}
