using Atlas.Contracts;
using Atlas.Contracts.Playbooks;
using Atlas.Contracts.Sessions;
using Atlas.Domain.Playbooks;
using Atlas.Grains.Tests.Cluster;
using Atlas.Queries;
using Xunit;

namespace Atlas.Grains.Tests.Learning;

/// <summary>Any text that the rule allows is a learning key, and each one is a key of its own: as a grain, and in every table.</summary>
public sealed class ExactKeyTests
{
    private static readonly Attribution By = new("operator", null);

    private static readonly string[] Alike =
    [
        "7", "007", "+7", "-7", "cafe", "CAFE", "Cafe", "caf\u00e9", "cafe\u0301", "a+b", "0a+b", "a b", " a b", "a  b",
        "3f2504e0-4f89-11d3-9a0c-0305e82c3301", "3F2504E0-4F89-11D3-9A0C-0305E82C3301", "3f2504e04f8911d39a0c0305e82c3301",
        "support/refunds", "Support/Refunds", "'; DROP TABLE sessions; --", "\ud83d\ude80", string.Concat(Enumerable.Repeat("\ud83d\ude80", 512)),
    ];

    [Fact]
    public async Task Keys_that_look_alike_are_told_apart_everywhere()
    {
        await using var cluster = await TestCluster.StartAsync(synthesizer: GatedSynthesizer.Open());
        foreach (var (number, key) in Alike.Index())
        {
            await cluster.Client.ImportAsync(key, LearnedPlaybook.Empty with { StudentPreface = Text(number) }, By);
            await cluster.Client.RunSessionAsync(key, score: null);
        }

        await cluster.RestartAsync();

        var (playbooks, sessions) = (new PlaybookQueries(cluster.Database.DataSource), cluster.Database);
        foreach (var (number, key) in Alike.Index())
        {
            Assert.Equal((1, Text(number)), (await cluster.Client.ResolveAsync(key)) is var told ? (told.Version, told.Student!.Text) : default);
            Assert.Equal(1, (await cluster.Client.DescribeAsync(key)).SessionsObserved);
            Assert.Equal(Text(number), (await playbooks.FindVersionAsync(key, 1))!.StudentText);
            Assert.Equal(Text(number), (await playbooks.FindRegistryRowAsync(key))!.StudentLearning);
            Assert.Single(await playbooks.JournalAsync(key), happened => happened.Type == "session_observed");
            Assert.Equal(1, await sessions.ScalarAsync<long>("SELECT count(*) FROM sessions WHERE stored_learning_key = $1", key));
        }

        Assert.Equal(Alike.Order(StringComparer.Ordinal), (await playbooks.ListKeysAsync()).Select(row => row.LearningKey).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("", "blank")]
    [InlineData(" \t", "blank")]
    [InlineData("a\u0007b", "U+0007")]
    [InlineData("a\nb", "U+000A")]
    [InlineData("a\u0085b", "U+0085")]
    [InlineData("513 times a", "has 513")]
    public async Task What_is_no_key_is_refused_at_every_door_with_one_sentence(string key, string why)
    {
        key = key == "513 times a" ? new string('a', 513) : key;
        await using var cluster = await TestCluster.StartAsync(synthesizer: GatedSynthesizer.Open());
        var reader = cluster.Silos[0].Grains.GetGrain<IPlaybookReaderGrain>(0);
        var starter = cluster.Silos[0].Grains.GetGrain<ISessionStarterGrain>(0);
        Func<Task>[] doors =
        [
            () => cluster.Client.ResolveAsync(key),
            () => cluster.Client.StartSessionAsync(new StartSession("Refund order 1042", key)),
            () => cluster.Client.ImportAsync(key, LearnedPlaybook.Empty with { StudentPreface = "Look first." }, By),
            () => cluster.Client.FreezeAsync(key, By),
            () => reader.Resolve(key, PlaybookFreshness.Strict).AsTask(),
            () => starter.Start(new StartSession("Refund order 1042", key)),
        ];

        foreach (var door in doors)
        {
            var refused = await Assert.ThrowsAsync<AtlasRefusedException>(door);
            Assert.StartsWith("A learning key must be a text of 1 to 512 characters", refused.Message, StringComparison.Ordinal);
            Assert.Contains(why, refused.Message, StringComparison.Ordinal);
        }

        Assert.Equal(0, await cluster.Database.ScalarAsync<long>("SELECT count(*) FROM sessions"));
    }

    private static string Text(int number) => $"Text {number}.";
}
