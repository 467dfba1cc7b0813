using System.Text.Json;
using Atlas.Client;
using Atlas.Domain;
using Atlas.Domain.Sessions;
using Atlas.Domain.Usage;
using Atlas.Grains.Tests.Cluster;
using Atlas.Queries;
using Atlas.Testing;
using Xunit;

namespace Atlas.Grains.Tests.Sessions;

public sealed partial class SessionTests
{
    // In two pieces, so that no scanner of repositories takes it for real.
    private const string Key = "sk-proj-" + "Zq3dEf6hIj9kLmNoPqRsT";
    private const string Mail = "ada.lovelace@example.com";

    [Fact]
    public async Task Nothing_that_a_session_says_brings_a_secret_into_the_database()
    {
        var said = $"Write to {Mail} with {Key}";
        var json = JsonElement.Parse($$"""{"note": "{{said}}", "{{Mail}}": [{"password": "swordfish-{{Key}}"}], "tags": ["{{Mail}}"], "task_id": "{{Mail}}"}""");
        var evaluation = new StepEvaluation
        {
            Validation = new StepValidation { Guidance = said, Extra = new() { ["why"] = json } },
            Reward = new StepReward { Rationale = said, Extra = new() { [Mail] = json } },
            Extra = new() { ["more"] = json },
        };
        var session = await Cluster.Client.StartSessionAsync(new(said, "redacted", Metadata: json));
        await session.RecordPlanAsync(new SessionPlan([new PlanStep(1, said, [], said, json)], PlanExecution.Stepwise));
        await session.AppendAsync(TrajectoryEvent.Message(said), TrajectoryEvent.ToolCall("mail", said), TrajectoryEvent.ToolResult("mail", said));
        await session.RecordStepAsync(new StepRecord(1, said, said, evaluation, json, [evaluation], [said]));
        await session.RecordGuidanceAsync(1, said + "!");
        await session.RecordUsageAsync(new UsageSnapshot { Session = new SessionCounters { IncidentId = said, TaskIdentifier = said, IncidentTags = [said], FailureEvents = [new FailureEvent(1, said)] } });
        await Cluster.Client.GetSession(session.SessionId).Complete(new CompleteSession(
            SessionStatus.Succeeded, said, new SessionReward(0.9, 0.1, "caller", said), new ReviewDecision(ReviewStatus.Approved, "ada", said), json, said, said));
        await Cluster.Client.ReviewAsync(session.SessionId, new ReviewDecision(ReviewStatus.Approved, "ada", "Again: " + said));

        Assert.Empty(await Residue.FindAsync(Cluster.Database.DataSource, Mail));
        Assert.Empty(await Residue.FindAsync(Cluster.Database.DataSource, Key));
        var stored = (await new SessionQueries(Cluster.Database.DataSource).FindAsync(session.SessionId))!;
        Assert.Equal("Write to [redacted email] with [redacted openai_key]", stored.FinalAnswer);
        Assert.All(stored.Redactions, found => Assert.True(found.TakenOut));
        string[] places =
        [
            "task", "metadata.note", "plan.steps[1].description", "events[0].payload.data.output", "steps[1].output", "steps[1].guidance", "usage", "final_answer",
            "reward.rationale", "review_notes", "student_learning",
        ];
        Assert.All(places, place => Assert.Contains(stored.Redactions, found => found.Place == place && found.Kind == "email"));
    }

    [Fact]
    public async Task A_session_that_holds_nothing_to_hide_is_stored_as_it_came()
    {
        const string Event = """{"b": 1.50, "a": ["plain", {"id": "550e8400-e29b-41d4-a716-446655440000"}]}""";
        var session = await Cluster.Client.StartSessionAsync(new("Refund order 1042", "plain"));
        await Cluster.Client.GetSession(session.SessionId).Append(0, [JsonElement.Parse(Event)]);

        var stored = (await new SessionQueries(Cluster.Database.DataSource).FindAsync(session.SessionId))!;

        Assert.Empty(stored.Redactions);
        Assert.True(JsonElement.DeepEquals(JsonElement.Parse(Event), stored.Events[0].Event!.Value));
    }

    [Fact]
    public async Task Two_tasks_that_differ_in_what_is_redacted_only_are_one_task()
    {
        var one = await Cluster.Client.StartSessionAsync(new("Refund the order of ada@example.com", "same"));
        var other = await Cluster.Client.StartSessionAsync(new("Refund the order of bob@example.com", "same"));

        await using var command = Cluster.Database.DataSource.CreateCommand("SELECT count(DISTINCT task) FROM public.sessions WHERE id IN ($1, $2)");
        command.Parameters.Add(new() { Value = one.SessionId });
        command.Parameters.Add(new() { Value = other.SessionId });
        Assert.Equal(1L, await command.ExecuteScalarAsync());
    }
}
