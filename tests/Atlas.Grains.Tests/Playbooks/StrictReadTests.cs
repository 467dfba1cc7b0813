using System.Diagnostics;
using Atlas.Learning.Playbooks;
using System.Text.Json;
using Atlas.Contracts.Playbooks;
using Atlas.Grains.Copies;
using Atlas.Grains.Tests.Cluster;
using Atlas.Testing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Atlas.Grains.Tests.Playbooks;

/// <summary>Reads that are answered from the copies of three silos while the playbook changes.</summary>
public sealed class StrictReadTests
{
    private const string Key = "support/refunds";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task No_read_is_older_than_a_change_that_was_acknowledged_before_it_began()
    {
        await using var cluster = await TestCluster.StartAsync(silos: 3, GatedSynthesizer.Open());
        var acknowledged = 0;
        var reads = 0;
        using var over = new CancellationTokenSource();

        // Two readers in each silo. What one has seen, none that begins later may miss either.
        var seen = 0;
        var readers = Enumerable.Range(0, 6).Select(reader => Task.Run(async () =>
        {
            while (!over.IsCancellationRequested)
            {
                var floor = Math.Max(Volatile.Read(ref acknowledged), Volatile.Read(ref seen));
                var version = (await CopiesOf(cluster, reader % 3).ReadAsync(Key, PlaybookFreshness.Strict)).Version;
                Assert.True(version >= floor, $"Reader {reader} got version {version} after version {floor} had been acknowledged or read.");
                RaiseTo(ref seen, version);
                Interlocked.Increment(ref reads);
            }
        })).ToArray();
        for (var change = 1; change <= 15; change++)
        {
            var done = await cluster.Client.ImportAsync(Key, PlaybookDocument.Import(PlaybookOf(change)), new Attribution("tester", null));
            RaiseTo(ref acknowledged, done.Version);
            var floor = Volatile.Read(ref reads) + 300;
            await Eventually.TrueAsync(() => Volatile.Read(ref reads) > floor || readers.Any(reader => reader.IsFaulted), Patience);
        }

        await over.CancelAsync();
        await Task.WhenAll(readers);
        Assert.Equal(15, acknowledged);
        foreach (var silo in Enumerable.Range(0, 3))
        {
            Assert.Equal(15, (await CopiesOf(cluster, silo).ReadAsync(Key, PlaybookFreshness.Strict)).Version);
        }
    }

    [Fact]
    public async Task A_copy_answers_without_the_owner_and_a_change_takes_it_back_at_once()
    {
        await using var cluster = await TestCluster.StartAsync(silos: 2, GatedSynthesizer.Open());
        await cluster.Client.ImportAsync(Key, PlaybookDocument.Import(PlaybookOf(1)), new Attribution("tester", null));
        var copies = cluster.Silos.Select((_, silo) => CopiesOf(cluster, silo)).ToArray();
        foreach (var silo in copies)
        {
            // Read twice in short order, it is worth a copy; then the answer is there without any waiting.
            await Eventually.TrueAsync(
                () =>
                {
                    var answer = silo.ReadAsync(Key, PlaybookFreshness.Strict);
                    return Task.FromResult(answer.IsCompletedSuccessfully && answer.Result.Version == 1);
                },
                Patience);
        }

        await cluster.Client.ImportAsync(Key, PlaybookDocument.Import(PlaybookOf(2)), new Attribution("tester", null));

        foreach (var silo in copies)
        {
            var answer = silo.ReadAsync(Key, PlaybookFreshness.Strict);
            Assert.False(answer.IsCompleted);
            Assert.Equal(2, (await answer).Version);
        }
    }

    [Fact]
    public async Task A_holder_that_does_not_answer_delays_a_change_only_until_its_lease_is_over()
    {
        await using var cluster = await TestCluster.StartAsync(silos: 2, GatedSynthesizer.Open());
        await cluster.Client.ImportAsync(Key, PlaybookDocument.Import(PlaybookOf(1)), new Attribution("tester", null));
        var owner = cluster.Silos[0].Grains.GetGrain<IPlaybookOwner>(Key);

        // A silo that was there once and is no more.
        var gone = SiloAddress.New(System.Net.IPAddress.Loopback, FreePorts.Find(1)[0], 1);
        Assert.True((await owner.Lend(gone)).Duration > TimeSpan.Zero);

        // Whatever it is lent while the change is under way counts from the moment it asks.
        var change = cluster.Client.ImportAsync(Key, PlaybookDocument.Import(PlaybookOf(2)), new Attribution("tester", null));
        var oldIsGoodUntil = TimeSpan.Zero;
        var clock = Stopwatch.StartNew();
        while (!change.IsCompleted)
        {
            var asked = clock.Elapsed;
            var (playbook, duration) = await owner.Lend(gone);
            if (playbook.Version == 1 && duration > TimeSpan.Zero)
            {
                oldIsGoodUntil = asked + duration;
            }
        }

        Assert.True(oldIsGoodUntil <= clock.Elapsed, $"The old version was lent until {oldIsGoodUntil}, and the change was acknowledged at {clock.Elapsed}.");
        Assert.Equal(2, (await change).Version);
        Assert.Equal(2, (await cluster.Client.ResolveAsync(Key)).Version);
    }

    internal static string PlaybookOf(int number) => $$"""
        {"format": "atlas.playbook.v1", "student": ["Rule {{number}}: look the order up first."], "teacher": null, "entries": []}
        """;

    private static PlaybookCopies CopiesOf(TestCluster cluster, int silo) => cluster.Silos[silo].Services.GetRequiredService<PlaybookCopies>();

    private static void RaiseTo(ref int place, int value)
    {
        for (var current = Volatile.Read(ref place); current < value; current = Volatile.Read(ref place))
        {
            Interlocked.CompareExchange(ref place, value, current);
        }
    }
}
