using System.Text.Json;
using Atlas.Client;
using Atlas.Domain.Json;
using Atlas.Grains.Tests.Cluster;
using Atlas.Learning.Playbooks;
using Atlas.Learning.Sessions;
using Atlas.Queries;
using Atlas.Testing;
using Xunit;

namespace Atlas.Grains.Tests.Learning;

/// <summary>A database that an earlier program left, dumped then: states, archives, sessions and hashes are what they were, and go on.</summary>
public sealed class DatabaseOfBeforeTests
{
    private const string Taught = "Look first.\nAsk before you refund.";
    private const string TaughtSha256 = "24603c4b52990b4fe0bc58428543aec5973a1c4ee0c88759687b475d4de0cdc6";
    private const string TeacherSha256 = "65085335f5c26b9ea419dcb8242fe71c7741fdd2af98b9ee6e6b56f433c1fba4";

    [Fact]
    public async Task What_was_learned_before_is_told_as_it_was_and_goes_on()
    {
        await using var database = await TestDatabase.CreateEmptyAsync();
        await database.ExecuteAsync(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Learning", "Data", "before_entries.sql")));
        await using var silo = await RunningSilo.StartAsync(database.Address, "silo-1", replace: null);
        await using var client = await AtlasClient.ConnectAsync(new AtlasClientOptions { DatabaseUrl = database.Address });
        var playbooks = new PlaybookQueries(database.DataSource);

        foreach (var (key, version, text, sha256) in ((string, int, string, string)[])
        [
            ("support/refunds", 2, "Look twice.\nAsk before you refund.", "d74f60c69c4b7c582a5752522049bb1ecf25ec424dc950bbfe045ad2b4fa6ee8"),
            ("7", 1, Taught, TaughtSha256),
            ("cafe", 1, Taught, TaughtSha256),
        ])
        {
            var told = await client.ResolveAsync(key);
            Assert.Equal((version, text, sha256, sha256), (told.Version, told.Student!.Text, told.Student.Sha256, told.Student.VersionSha256));
            Assert.Equal((TeacherSha256, 2), (told.Teacher!.Sha256, told.EntryCount));
            Assert.Equal(3, (await client.DescribeAsync(key)).SessionsObserved);
            Assert.Equal(text, (await playbooks.FindRegistryRowAsync(key))!.StudentLearning);
            await DemandArchiveAsync(playbooks, key, version);
        }

        Assert.True((await client.DescribeAsync("cafe")).Frozen);
        Assert.Equal((0, false), (await client.DescribeAsync("CAFE")) is var other ? (other.NewestVersion, other.Frozen) : default);
        Assert.Equal(0, (await client.ResolveAsync("007")).Version);
        await DemandPromptsAsync(database, playbooks);

        await client.RunSessionAsync("7", score: null);
        Assert.Equal(4, (await client.DescribeAsync("7")).SessionsObserved);
        Assert.Equal(TaughtSha256, (await client.ResolveAsync("7")).Student!.Sha256);
    }

    /// <summary>Every version says what its hashes say, and an export of it is read as the same.</summary>
    private static async Task DemandArchiveAsync(PlaybookQueries playbooks, string key, int newest)
    {
        for (var number = 1; number <= newest; number++)
        {
            var version = (await playbooks.FindVersionAsync(key, number))!;
            var playbook = version.Playbook();
            Assert.False(playbook.IsRendered);
            Assert.Equal(version.Summary.ContentSha256, PlaybookContentHash.Compute(playbook));
            Assert.Equal(version.Summary.ContentSha256, PlaybookContentHash.Compute(PlaybookDocument.Import(PlaybookDocument.Export(playbook))));
        }
    }

    /// <summary>What the sessions of then saw is told byte for byte.</summary>
    private static async Task DemandPromptsAsync(TestDatabase database, PlaybookQueries playbooks)
    {
        var sessions = new SessionQueries(database.DataSource);
        foreach (var summary in await sessions.ListAsync(new SessionFilter()))
        {
            var session = (await sessions.FindAsync(summary.Id))!;
            var version = (await playbooks.FindVersionAsync(summary.LearningKey!, summary.PlaybookVersion!.Value))!;
            var seen = SeenPrompt.Of(
                "student", session.Given?.Deserialize<GivenPlaybook>(AtlasJson.Options), version.Playbook(), summary.PlaybookVersion.Value, version.Summary.CreatedAt, session.Metadata ?? default)!;
            Assert.Equal((Taught, true), (seen.Text, seen.IsProven));
        }
    }
}
