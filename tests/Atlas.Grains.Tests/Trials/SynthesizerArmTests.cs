using System.Text.Json;
using Atlas.Contracts;
using Atlas.Contracts.Playbooks;
using Atlas.Domain.Experiments;
using Atlas.Grains.Synthesis;
using Atlas.Grains.Tests.Cluster;
using Atlas.Learning.Evidence;
using Atlas.Models.Synthesis;
using Atlas.Testing;
using Xunit;

namespace Atlas.Grains.Tests.Trials;

/// <summary>Two synthesizers as the arms of an experiment, through a real client on a real silo with a real database.</summary>
public sealed class SynthesizerArmTests(ITestOutputHelper output)
{
    private static readonly Attribution By = new("ann", "to know which writes better rules");

    private static readonly EvidenceOptions Rules = new() { HoldoutShare = 0 };

    [Fact]
    public async Task Each_makes_a_version_from_the_same_sessions_the_arms_get_those_and_nothing_else_changes()
    {
        var (own, other) = (new Author("own", "Guess."), new Author("house", "Read the policy."));
        await using var cluster = await TestCluster.StartAsync(synthesizer: own, evidence: Rules, compared: new NamedSynthesizer("House", other));
        var client = cluster.Client;
        var world = new TrialWorld(client, "experiments/synthesizers", 13) { Chance = (_, prompt, _) => prompt.Contains("Read", StringComparison.Ordinal) ? 0.9 : 0.3 };
        await world.UntilAsync(() => Task.FromResult(false), 6);
        await Eventually.TrueAsync(async () => (await client.DescribeAsync(world.Key)).PendingSessionIds.IsEmpty, TimeSpan.FromSeconds(30), "the sessions have taught");
        var before = (await client.DescribeAsync(world.Key)).NewestVersion;

        var plan = new ExperimentPlan { Configuration = new ArmSettings { Synthesizer = "house" }, MaxSessions = 400 };
        Assert.True((await client.PlanExperimentAsync(world.Key, plan)).Sessions > 0);
        var started = await client.StartExperimentAsync(world.Key, plan, By);

        Assert.Equal((before + 1, before + 2), (started.Plan.FirstVersion, started.Plan.NewVersion));
        Assert.Equal(FormattableString.Invariant($"the synthesizer house (version {before + 2}) against the one in use (version {before + 1})"), started.Plan.Arms);
        Assert.Equal(own.Seen[^1].Sessions.Select(session => session.Id), Assert.Single(other.Seen).Sessions.Select(session => session.Id));
        Assert.Equal(own.Seen[^1].Current, other.Seen[0].Current);
        Assert.Equal("Guess.", (await client.ResolveAsync(world.Key)).Student!.Text);

        var told = new HashSet<(bool? IsNew, string Prompt)>();
        var (inNew, inFirst) = (0, 0);
        while (world.Sessions < 400 && (await client.ExperimentsAsync(world.Key))[0].Status is ExperimentStatus.Running)
        {
            var session = await world.StartAsync(world.Sessions);
            told.Add((session.Arm?.IsNew, session.Playbook.Student!.Text));
            (inNew, inFirst) = session.Arm!.IsNew ? (inNew + 1, inFirst) : (inNew, inFirst + 1);
            await world.RunAsync();
        }

        // What the sessions taught meanwhile reached neither arm.
        Assert.Equal([(false, "Guess."), (true, "Read the policy.")], told.Order());
        var decided = (await client.ExperimentsAsync(world.Key))[0];
        output.WriteLine(decided.Summary);
        Assert.Equal((ExperimentStatus.Decided, ExperimentDecision.Better), (decided.Status, decided.Decision));
        Assert.Equal((inNew, inFirst), (decided.InNew, decided.InFirst));
        Assert.Contains("the synthesizer house", decided.Summary, StringComparison.Ordinal);

        // Which synthesizer a silo uses is decided in its configuration.
        Assert.Equal(ExperimentStatus.Concluded, (await client.ConcludeExperimentAsync(world.Key, started.Number, By)).Status);
        Assert.Equal("Guess.", (await client.ResolveAsync(world.Key)).Student!.Text);
        await client.RollbackAsync(world.Key, before + 2, By);
        Assert.Equal("Read the policy.", (await client.ResolveAsync(world.Key)).Student!.Text);
    }

    [Fact]
    public async Task What_cannot_be_compared_is_refused_and_leaves_no_version()
    {
        var other = new Author("house", "Guess.");
        await using var cluster = await TestCluster.StartAsync(synthesizer: new Author("own", "Guess."), evidence: Rules, compared: new NamedSynthesizer("house", other));
        var client = cluster.Client;
        var world = new TrialWorld(client, "experiments/synthesizers-refused", 14) { Chance = (_, _, _) => 0.5 };
        await world.StartAsync(900);
        Assert.Contains("no synthesizer 'nobody'; it has house, offline", await RefusedAsync(new() { Synthesizer = "nobody" }), StringComparison.Ordinal);
        Assert.Contains("compared alone", await RefusedAsync(new() { Synthesizer = "house", Model = "m" }), StringComparison.Ordinal);
        Assert.Contains("no rewarded session", await RefusedAsync(new() { Synthesizer = "house" }), StringComparison.Ordinal);

        await world.UntilAsync(() => Task.FromResult(false), 4);
        await Eventually.TrueAsync(async () => (await client.DescribeAsync(world.Key)).PendingSessionIds.IsEmpty, TimeSpan.FromSeconds(30), "the sessions have taught");
        var before = (await client.DescribeAsync(world.Key)).NewestVersion;
        Assert.Contains("the same text", await RefusedAsync(new() { Synthesizer = "house" }), StringComparison.Ordinal);
        other.Fails = true;
        Assert.Contains("The synthesizer house could not answer: out of order", await RefusedAsync(new() { Synthesizer = "house" }), StringComparison.Ordinal);

        // The offline one has nothing to say about so few sessions.
        Assert.Contains("The synthesizer offline made no version", await RefusedAsync(new() { Synthesizer = "offline" }), StringComparison.Ordinal);
        Assert.Equal(before, (await client.DescribeAsync(world.Key)).NewestVersion);

        async Task<string> RefusedAsync(ArmSettings settings) =>
            (await Assert.ThrowsAsync<AtlasRefusedException>(() => client.StartExperimentAsync(world.Key, new() { Configuration = settings }, By))).Message;
    }

    /// <summary>Always writes the same preface.</summary>
    private sealed class Author(string name, string preface) : ISynthesizer
    {
        private readonly List<SynthesisRequest> _seen = [];

        public string Name => name;

        public bool Fails { get; set; }

        public IReadOnlyList<SynthesisRequest> Seen
        {
            get
            {
                lock (_seen)
                {
                    return [.. _seen];
                }
            }
        }

        public Task<SynthesisAnswer> SynthesizeAsync(SynthesisRequest request, CancellationToken ct)
        {
            lock (_seen)
            {
                _seen.Add(request);
            }

            return Fails
                ? throw new SynthesisException("out of order")
                : Task.FromResult(new SynthesisAnswer
                {
                    Summary = preface,
                    Answer = JsonSerializer.SerializeToElement(new { version = "playbook_entry.v1", student_pamphlet = preface, playbook_entries = Array.Empty<object>() }),
                });
        }
    }
}
