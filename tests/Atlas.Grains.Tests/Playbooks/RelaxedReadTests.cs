using Atlas.Learning.Playbooks;
using System.Text.Json;
using Atlas.Contracts.Playbooks;
using Atlas.Grains.Copies;
using Atlas.Grains.Tests.Cluster;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Atlas.Grains.Tests.Playbooks;

public sealed class RelaxedReadTests
{
    private const string Key = "support/refunds";

    [Fact]
    public async Task A_relaxed_read_says_how_old_its_answer_is_and_a_strict_one_has_no_age()
    {
        await using var cluster = await TestCluster.StartAsync(silos: 2, GatedSynthesizer.Open());
        await cluster.Client.ImportAsync(Key, PlaybookDocument.Import(StrictReadTests.PlaybookOf(1)), new Attribution("tester", null));
        var copies = cluster.Silos[1].Services.GetRequiredService<PlaybookCopies>();

        var first = await copies.ReadAsync(Key, PlaybookFreshness.Relaxed);
        var second = await copies.ReadAsync(Key, PlaybookFreshness.Relaxed);
        var third = await copies.ReadAsync(Key, PlaybookFreshness.Relaxed);

        Assert.Equal(TimeSpan.Zero, first.Age);
        Assert.True(second.Age > TimeSpan.Zero);
        Assert.True(third.Age > second.Age);
        Assert.Null((await copies.ReadAsync(Key, PlaybookFreshness.Strict)).Age);
        Assert.NotNull((await cluster.Client.ResolveAsync(Key, PlaybookFreshness.Relaxed, TestContext.Current.CancellationToken)).Age);
        Assert.Null((await cluster.Client.ResolveAsync(Key, TestContext.Current.CancellationToken)).Age);
    }

    [Fact]
    public async Task A_relaxed_read_after_a_change_returns_it()
    {
        await using var cluster = await TestCluster.StartAsync(silos: 2, GatedSynthesizer.Open());
        await cluster.Client.ImportAsync(Key, PlaybookDocument.Import(StrictReadTests.PlaybookOf(1)), new Attribution("tester", null));
        var copies = cluster.Silos[1].Services.GetRequiredService<PlaybookCopies>();
        await copies.ReadAsync(Key, PlaybookFreshness.Relaxed);

        await cluster.Client.ImportAsync(Key, PlaybookDocument.Import(StrictReadTests.PlaybookOf(2)), new Attribution("tester", null));

        Assert.Equal(2, (await copies.ReadAsync(Key, PlaybookFreshness.Relaxed)).Version);
    }
}
