using Atlas.Learning.Playbooks;
using System.Text.Json;
using System.Threading.Channels;
using Atlas.Client;
using Atlas.Contracts.Playbooks;
using Atlas.Domain;
using Atlas.Grains.Tests.Cluster;
using Xunit;

namespace Atlas.Grains.Tests.Playbooks;

public sealed class WatchTests
{
    private const string Key = "support/refunds";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task Changes_are_pushed_to_all_who_watch()
    {
        await using var cluster = await TestCluster.StartAsync(silos: 2, GatedSynthesizer.Open());
        await using var second = await cluster.ConnectAsync();
        using var over = new CancellationTokenSource(Patience);
        var watches = new[] { cluster.Client, cluster.Client, second }.Select(client => Watch(client, over.Token)).ToArray();
        foreach (var watch in watches)
        {
            Assert.Equal((0, 0), Figures(await watch.ReadAsync(over.Token)));
        }

        for (var change = 1; change <= 3; change++)
        {
            await cluster.Client.ImportAsync(Key, PlaybookDocument.Import(StrictReadTests.PlaybookOf(change)), new Attribution("tester", null));
            foreach (var watch in watches)
            {
                var seen = await watch.ReadAsync(over.Token);
                Assert.Equal((change, 0), Figures(seen));
                Assert.Contains($"Rule {change}:", seen.Playbook.Student!.Text);
            }
        }

        await over.CancelAsync();
    }

    [Fact]
    public async Task A_watch_goes_on_when_its_silo_is_gone_and_tells_what_it_missed()
    {
        await using var cluster = await TestCluster.StartAsync(silos: 1, GatedSynthesizer.Open());
        await cluster.Client.ImportAsync(Key, PlaybookDocument.Import(StrictReadTests.PlaybookOf(1)), new Attribution("tester", null));
        var other = await cluster.AddSiloAsync();
        using var over = new CancellationTokenSource(Patience);
        var watch = Watch(cluster.Client, over.Token);
        Assert.Equal((1, 0), Figures(await watch.ReadAsync(over.Token)));

        // The silo that owns the key, and knows the watchers, goes; two changes later the watch is told of the newest.
        await cluster.Silos[0].StopAsync();
        var key = other.Grains.GetGrain<ILearningKeyGrain>(Key);
        await key.Import(PlaybookDocument.Import(StrictReadTests.PlaybookOf(2)), PlaybookCause.Import, new Attribution("tester", null));
        var change = await key.Import(PlaybookDocument.Import(StrictReadTests.PlaybookOf(3)), PlaybookCause.Import, new Attribution("tester", null));

        // It may have come back between the two, or after both; in any case all three versions are accounted for.
        var accounted = 1;
        WatchedPlaybook seen;
        do
        {
            seen = await watch.ReadAsync(over.Token);
            accounted += 1 + seen.Missed;
        }
        while (seen.Playbook.Version < change.Version);
        Assert.Equal((3, 3), (accounted, seen.Playbook.Version));
        await over.CancelAsync();
    }

    private static (int Version, int Missed) Figures(WatchedPlaybook seen) => (seen.Playbook.Version, seen.Missed);

    private static ChannelReader<WatchedPlaybook> Watch(IAtlasClient client, CancellationToken cancellation)
    {
        var seen = Channel.CreateUnbounded<WatchedPlaybook>();
        _ = Task.Run(
            async () =>
            {
                try
                {
                    await foreach (var playbook in client.WatchAsync(Key, cancellation))
                    {
                        seen.Writer.TryWrite(playbook);
                    }
                }
                catch (Exception failure)
                {
                    seen.Writer.TryComplete(failure);
                }
            },
            CancellationToken.None);
        return seen.Reader;
    }
}
