using Atlas.Learning.Playbooks;
using System.Globalization;
using System.Text.Json;
using Atlas.Client;
using Atlas.Contracts.Playbooks;
using Atlas.Contracts.Sessions;
using Atlas.Domain.Json;
using Atlas.Grains.Tests.Cluster;
using Atlas.Learning.Options;
using Atlas.Learning.Sessions;
using Atlas.Queries;
using Atlas.Testing;
using Xunit;

namespace Atlas.Grains.Tests.Playbooks;

/// <summary>What a session saw of its playbook, told again at any later time.</summary>
public sealed class SeenPromptTests
{
    private const string Key = "support/refunds";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private static readonly Attribution By = new("ann", "as the day goes");

    [Fact]
    public async Task A_thousand_sessions_over_fifty_versions_are_rebuilt_byte_for_byte()
    {
        var seed = Environment.GetEnvironmentVariable("ATLAS_SEED") is { } given ? int.Parse(given, CultureInfo.InvariantCulture) : Random.Shared.Next();
        TestContext.Current.TestOutputHelper?.WriteLine($"ATLAS_SEED={seed}");
        var random = new Random(seed);
        await using var cluster = await TestCluster.StartAsync(
            synthesizer: new AnsweringSynthesizer(Answer), learning: Options(new PruningOptions { MinSessions = 25 }));
        var started = new List<AtlasSession>();
        for (var (step, newest) = (0, 0); newest < 50 || started.Count < 1000; step++)
        {
            Assert.True(step < 500, $"after {step} steps there are {newest} versions; seed {seed}");
            newest = await ChangeAsync(cluster, random, newest, step);
            started.AddRange(await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => cluster.Client.StartSessionAsync(new StartSession("Refund order 1042", Key)))));
        }

        var versions = new Dictionary<int, VersionDetail?> { [0] = null };
        foreach (var session in started)
        {
            var number = session.Playbook.Version;
            if (!versions.TryGetValue(number, out var version))
            {
                versions[number] = version = await new PlaybookQueries(cluster.Database.DataSource).FindVersionAsync(Key, number);
            }

            await DemandSameAsync(cluster, session, version, $"session {session.SessionId} of version {number}; seed {seed}");
        }

        Assert.True(versions.Count > 30, $"sessions were given {versions.Count} versions; seed {seed}");
        Assert.Contains(started, session => !session.Playbook.LeftOut.IsEmpty);
        Assert.Contains(started, session => session.Playbook.Student?.PrefaceKept is not null);

        object Answer(int number) => number % 3 == 0
            ? new { student_pamphlet = $"Text {number}. {Prose(number % 7 * 12)}", playbook_entries = new[] { AnsweringSynthesizer.Entry($"Check queue {number} twice") } }
            : new { add_entries = new[] { AnsweringSynthesizer.Entry($"Check worker {number} once", audience: number % 4 == 0 ? "teacher" : "student") } };
    }

    [Theory]
    [InlineData("atlas.playbook.v2", 5, 3)]
    [InlineData("atlas.playbook.v2", 5, 40)]
    [InlineData("atlas.playbook.v2", 120, 6)]
    [InlineData("atlas.playbook.v1", 120, 0)]
    [InlineData("atlas.playbook.v1", 5, 3)]
    public async Task A_session_that_is_started_again_is_given_what_it_was_given_first(string format, int sentences, int entries)
    {
        await using var cluster = await TestCluster.StartAsync(synthesizer: new GatedSynthesizer(), learning: Options());
        await cluster.Client.ImportAsync(Key, PlaybookDocument.Import(Document(format, "one", sentences, entries)), By);
        var request = new StartSession("Refund order 1042", Key, ExternalId: "order-1042");
        var first = await cluster.Client.StartSessionAsync(request);
        await cluster.Client.ImportAsync(Key, PlaybookDocument.Import(Document("atlas.playbook.v2", "two", 3, 2)), By);

        var again = await cluster.Client.StartSessionAsync(request);

        Assert.Equal(first.SessionId, again.SessionId);
        Assert.Equal(first.Playbook.Student!.Text, again.Playbook.Student!.Text);
        // The database keeps points in time to the microsecond.
        Assert.Equal(first.Playbook, again.Playbook with { UpdatedAt = first.Playbook.UpdatedAt });
        Assert.NotEqual(first.Playbook.Student.Sha256, (await cluster.Client.ResolveAsync(Key)).Student!.Sha256);
    }

    [Fact]
    public async Task Of_three_hundred_pruned_entries_none_is_told_to_the_next_session()
    {
        const int Each = 10;
        await using var cluster = await TestCluster.StartAsync(
            synthesizer: new AnsweringSynthesizer(Answer), learning: Options(new PruningOptions { MinSessions = 1 }) with { PlaybookLimit = 20_000 });
        var queries = new PlaybookQueries(cluster.Database.DataSource);
        var gone = new HashSet<string>(StringComparer.Ordinal);
        for (var round = 0; gone.Count < 300; round++)
        {
            Assert.True(round < 60, $"{gone.Count} entries were pruned in {round} rounds");
            await LearnAsync(cluster, round);
            var version = (await queries.FindVersionAsync(Key, round + 1))!.Playbook();
            gone.UnionWith((version.Metadata.TryGetValue("pruned_entries", out var pruned) ? pruned.EnumerateArray().AsEnumerable() : []).Select(entry => entry.GetProperty("imperative").GetString()!));

            var told = (await cluster.Client.StartSessionAsync(new StartSession("Refund order 1042", Key))).Playbook.Student!.Text;

            Assert.DoesNotContain(gone, imperative => told.Contains(imperative, StringComparison.OrdinalIgnoreCase));
            Assert.All(version.Entries, entry => Assert.Contains(entry.Action.Imperative, told, StringComparison.Ordinal));
            Assert.Equal(Each, version.Entries.Length);
        }

        // It repeats in its prose what it said the time before, as models do.
        object Answer(int number) => new
        {
            student_pamphlet = $"Round {number}. {string.Join(' ', Instructions(number).Concat(number > 0 ? Instructions(number - 1) : []).Select(said => said + "."))}",
            playbook_entries = Instructions(number).Select(said => AnsweringSynthesizer.Entry(said)).ToArray(),
        };

        static IEnumerable<string> Instructions(int round) => Enumerable.Range(0, Each).Select(at => $"Look at ledger {round} on shelf {at} of cellar {round + at}");
    }

    private static LearningOptions Options(PruningOptions? pruning = null) => new()
    {
        SynthesisQuietSeconds = 0,
        SynthesesPerHour = 0,
        Schema = new EntrySchemaOptions { AllowMissingToolMapping = true },
        PruningConfig = pruning ?? new PruningOptions(),
    };

    private static async Task<int> ChangeAsync(TestCluster cluster, Random random, int newest, int step)
    {
        switch (newest == 0 ? 0 : random.Next(8))
        {
            case 4:
                await cluster.Client.ImportAsync(Key, PlaybookDocument.Import(Document("atlas.playbook.v2", $"import {step}", random.Next(100), random.Next(30))), By);
                break;
            case 5:
                await cluster.Client.EditAsync(Key, PlaybookDocument.Import(Document("atlas.playbook.v1", $"edit {step}", 1 + random.Next(100), random.Next(4))), By);
                break;
            case 6:
                await cluster.Client.UnpinAsync(Key, By);
                await cluster.Client.RollbackAsync(Key, 1 + random.Next(newest), By);
                break;
            case 7:
                await cluster.Client.PinAsync(Key, 1 + random.Next(newest), By);
                break;
            default:
                await cluster.Client.UnpinAsync(Key, By);
                await LearnAsync(cluster, newest);
                break;
        }

        return (await cluster.Client.DescribeAsync(Key)).NewestVersion;
    }

    private static async Task LearnAsync(TestCluster cluster, int newest)
    {
        await cluster.Client.RunSessionAsync(Key);
        await Eventually.TrueAsync(async () => (await cluster.Client.DescribeAsync(Key)).NewestVersion > newest, Patience, "The synthesis");
    }

    private static async Task DemandSameAsync(TestCluster cluster, AtlasSession session, VersionDetail? version, string what)
    {
        var stored = (await new SessionQueries(cluster.Database.DataSource).FindAsync(session.SessionId, 0))!;
        foreach (var (role, told) in new[] { ("student", session.Playbook.Student), ("teacher", session.Playbook.Teacher) })
        {
            var seen = version is null ? null : SeenPrompt.Of(
                role,
                stored.Given?.Deserialize<GivenPlaybook>(AtlasJson.Options),
                version.Playbook(),
                version.Summary.Version,
                version.Summary.CreatedAt,
                stored.Metadata ?? default);
            Assert.True((told?.Text, told?.Block, told?.Sha256) == (seen?.Text, seen?.Block, seen?.Sha256), $"{role} of {what}: {told?.Block}\n{seen?.Block}");
            Assert.True(seen is not { IsProven: false }, what);
        }
    }

    private static string Document(string format, string name, int sentences, int entries) => JsonSerializer.Serialize(new
    {
        format,
        student = new[] { $"This is {name}.", Prose(sentences) },
        teacher = new[] { $"Mind {name}." },
        entries = Enumerable.Range(0, entries).Select(at => new
        {
            id = $"e{at}",
            audience = at % 5 == 4 ? "teacher" : "student",
            cue = new { type = "keyword", pattern = $"word {at}" },
            action = new { imperative = $"Do thing {at} as {name} says" },
            lifecycle = at % 3 == 2 ? "provisional" : "active",
        }),
    });

    private static string Prose(int sentences) => string.Join("\n", Enumerable.Range(0, sentences).Select(at => $"Advice {at} for all."));
}
