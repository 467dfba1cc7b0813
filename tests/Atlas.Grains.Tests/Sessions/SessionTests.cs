using Atlas.Domain.Usage;
using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Atlas.Client;
using Atlas.Contracts;
using Atlas.Domain;
using Atlas.Domain.Sessions;
using Atlas.Grains.Tests.Cluster;
using Atlas.Queries;
using Xunit;

namespace Atlas.Grains.Tests.Sessions;

public sealed partial class SessionTests(SessionTests.OneCluster fixture) : IClassFixture<SessionTests.OneCluster>
{
    private TestCluster Cluster => fixture.Cluster;

    [Fact]
    public async Task Everything_that_was_recorded_is_stored_with_the_session()
    {
        var session = await Cluster.Client.StartSessionAsync(new("Refund order 1042", "records", Metadata: JsonElement.Parse("""{"tags": ["billing"]}""")));
        await session.RecordPlanAsync(SessionPlan.OfOne("Refund it", PlanExecution.SingleShot));
        await session.AppendAsync(TrajectoryEvent.Message("I look the order up."), TrajectoryEvent.ToolCall("get_order", "1042"));
        await session.RecordStepAsync(new StepRecord(
            1, "trace", "output", new StepEvaluation { Validation = new StepValidation { Valid = true } }, null, [new StepEvaluation()], ["Be brief."]));
        await session.RecordGuidanceAsync(1, "Name the amount.");
        await session.RecordGuidanceAsync(1, "Name the amount.");
        await session.RecordUsageAsync(new UsageSnapshot());
        await session.CompleteAsync("Refunded.", score: 0.75);

        var stored = (await new SessionQueries(Cluster.Database.DataSource).FindAsync(session.SessionId))!;

        Assert.Equal("Refunded.", stored.FinalAnswer);
        Assert.Equal(2, stored.Events.Length);
        Assert.Equal(["Be brief.", "Name the amount."], Assert.Single(stored.Steps).GuidanceNotes);
        Assert.Equal("single_shot", stored.Plan!.Value.GetProperty("execution_mode").GetString());
        Assert.Equal(0.75, stored.Metadata!.Value.GetProperty("session_reward").GetProperty("score").GetDouble());
        Assert.Equal("records", stored.Metadata.Value.GetProperty("learning_key").GetString());
        Assert.Equal("billing", stored.Metadata.Value.GetProperty("tags")[0].GetString());
    }

    [Fact]
    public async Task Appending_the_same_numbers_again_stores_nothing_twice()
    {
        var session = await Cluster.Client.StartSessionAsync(new("Refund order 1042", "appends"));
        var grain = Cluster.Client.GetSession(session.SessionId);
        await grain.Append(0, [JsonElement.Parse("""{"n": 0}"""), JsonElement.Parse("""{"n": 1}""")]);
        await grain.Append(1, [JsonElement.Parse("""{"n": 1}"""), JsonElement.Parse("""{"n": 2}""")]);

        var events = await new SessionQueries(Cluster.Database.DataSource).EventsAsync(session.SessionId, 0, 10);

        Assert.Equal([0, 1, 2], events.Select(stored => stored.Event!.Value.GetProperty("n").GetInt32()));
    }

    [Fact]
    public async Task A_call_that_is_given_up_ends_at_once_and_stores_nothing()
    {
        var session = await Cluster.Client.StartSessionAsync(new("Refund order 1042", "given up"));
        var grain = Cluster.Client.GetSession(session.SessionId);
        using var caller = new CancellationTokenSource();
        var waiting = grain.AwaitJudgement(TimeSpan.FromSeconds(20), caller.Token);
        await caller.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => grain.Append(0, [JsonElement.Parse("{}")], caller.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => session.CompleteAsync("Refunded.", score: 1, cancellationToken: caller.Token));
        Assert.Equal(SessionStatus.Running, (await grain.Standing()).Status);
        Assert.Empty(await new SessionQueries(Cluster.Database.DataSource).EventsAsync(session.SessionId, 0, 10));
    }

    [Fact]
    public async Task Halves_of_characters_in_free_forms_are_mended_and_stored()
    {
        var half = JsonElement.Parse("""{"said": "one \ud83e and \u0000 two"}""");
        var evaluation = new StepEvaluation
        {
            Validation = new StepValidation { Valid = true, Extra = new() { ["why"] = half } },
            Reward = new StepReward { Extra = new() { ["why"] = half } },
            Extra = new() { ["more"] = half },
        };
        var session = await Cluster.Client.StartSessionAsync(new("Refund order 1042", "halves"));
        await session.RecordPlanAsync(new SessionPlan([new PlanStep(1, "Look it up", [], "get_order", half)], PlanExecution.Stepwise));
        await session.AppendAsync(half);
        await session.RecordStepAsync(new StepRecord(1, "trace", "output", evaluation, half, [evaluation, null]));
        await session.RecordUsageAsync(new UsageSnapshot
        {
            Roles = ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, EntryCounters>>.Empty.Add(
                "student", ImmutableSortedDictionary<string, EntryCounters>.Empty.Add("first", new EntryCounters { AdoptionExamples = [half] })),
        });
        await session.CompleteAsync("Refunded.", score: 0.75);

        var stored = (await new SessionQueries(Cluster.Database.DataSource).FindAsync(session.SessionId))!;
        Assert.Equal("one \uFFFD and  two", stored.Steps[0].Evaluation!.Value.GetProperty("more").GetProperty("said").GetString());
        Assert.Contains("\uFFFD", stored.Plan!.Value.GetProperty("steps")[0].GetProperty("tool_params").GetProperty("said").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Starting_with_the_same_external_id_gives_the_same_session()
    {
        var started = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ =>
            Cluster.Client.StartSessionAsync(new("Refund order 1042", "external", ExternalId: "order-1042"))));

        Assert.Single(started.Select(session => session.SessionId).Distinct());
    }

    [Fact]
    public async Task A_session_without_a_key_gets_the_one_that_agent_task_and_metadata_give()
    {
        var session = await Cluster.Client.StartSessionAsync(new("Summarise the quarterly incident log", Agent: "ops-helper"));

        Assert.Equal("3a45286481005c141515de7d897d774754143ce56e69b57884b2d6fc180e4558", session.LearningKey);
    }

    [Fact]
    public async Task The_session_keeps_which_playbook_it_was_given()
    {
        await Cluster.Client.RunSessionAsync("given");
        await Testing.Eventually.TrueAsync(
            async () => (await Cluster.Client.ResolveAsync("given")).Version == 1, TimeSpan.FromSeconds(30), "The playbook");

        var session = await Cluster.Client.StartSessionAsync(new("Refund order 1042", "given"));

        var stored = await new SessionQueries(Cluster.Database.DataSource).FindAsync(session.SessionId);
        Assert.Equal(session.Playbook.Student!.Sha256, stored!.Summary.PlaybookSha256);
        Assert.Contains(session.Playbook.Student.Text, session.Playbook.Student.Block, StringComparison.Ordinal);
        Assert.Equal(
            session.Playbook.Student.Sha256,
            stored.Metadata!.Value.GetProperty("applied_student_learning").GetProperty("digest").GetString());
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.5)]
    [InlineData(double.NaN)]
    public async Task A_reward_out_of_range_is_refused_and_the_session_goes_on(double score)
    {
        var session = await Cluster.Client.StartSessionAsync(new("Refund order 1042", "range"));

        var refused = await Assert.ThrowsAsync<AtlasRefusedException>(() => session.CompleteAsync("Done.", score));

        Assert.Contains("from 0 to 1", refused.Message, StringComparison.Ordinal);
        Assert.Equal(SessionStatus.Succeeded, (await session.CompleteAsync("Done.", 1)).Status);
    }

    [Fact]
    public async Task What_cannot_be_is_refused_with_a_sentence()
    {
        var session = await Cluster.Client.StartSessionAsync(new("Refund order 1042", "refusals"));
        await RefusedAsync("no session 999999", Cluster.Client.GetSession(999_999).RecordPlan(new SessionPlan([], PlanExecution.Stepwise)));
        await RefusedAsync("is missing", Cluster.Client.GetSession(session.SessionId).Append(0, [default]));
        await RefusedAsync("JSON array", Cluster.Client.GetSession(session.SessionId).Append(0, [JsonElement.Parse("[]")]));
        await RefusedAsync("numbered from 0", Cluster.Client.GetSession(session.SessionId).Append(-1, [JsonElement.Parse("{}")]));
        await RefusedAsync("needs a task", Cluster.Client.StartSessionAsync(new(" ")));
        await RefusedAsync("succeeded or failed", session.CompleteAsync(new CompleteSession(SessionStatus.Running)));
        await session.CompleteAsync("Done.");
        await RefusedAsync("has ended", session.AppendAsync(JsonElement.Parse("{}")));
    }

    [Fact]
    public async Task Text_that_postgres_cannot_store_is_cleaned_and_loses_nothing_else()
    {
        var session = await Cluster.Client.StartSessionAsync(new("Refund\0 order", "nul"));
        await session.AppendAsync(JsonElement.Parse("""{"text": "a\u0000b"}"""));
        await session.CompleteAsync("Done\0.", 1);

        var stored = (await new SessionQueries(Cluster.Database.DataSource).FindAsync(session.SessionId))!;

        Assert.Equal("Done.", stored.FinalAnswer);
        Assert.Equal("ab", stored.Events[0].Event!.Value.GetProperty("text").GetString());
    }

    private static async Task RefusedAsync(string expected, Task call)
    {
        var refused = await Assert.ThrowsAsync<AtlasRefusedException>(() => call);
        Assert.Contains(expected, refused.Message, StringComparison.Ordinal);
    }

    public sealed class OneCluster : IAsyncLifetime
    {
        internal TestCluster Cluster { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Cluster = await TestCluster.StartAsync(synthesizer: GatedSynthesizer.Open());

        public ValueTask DisposeAsync() => Cluster.DisposeAsync();
    }
}
