using Atlas.Learning.Playbooks;
using System.Text.Json;
using System.Text.Json.Nodes;
using Atlas.Client;
using Atlas.Contracts.Playbooks;
using Atlas.Contracts.Sessions;
using Atlas.Domain;
using Atlas.Domain.Sessions;
using Atlas.Grains.Tests.Cluster;
using Xunit;

namespace Atlas.Grains.Tests.Judging;

/// <summary>What a judge is shown of a session.</summary>
public sealed class EvidenceTests
{
    private const string Key = "support/refunds";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_judge_sees_plan_steps_attempts_guidance_and_answer_from_the_records()
    {
        var judge = ScriptedJudge.Open();
        await using var cluster = await TestCluster.StartAsync(judge: judge);
        var session = await cluster.Client.StartSessionAsync(new StartSession("Refund order 1042", Key));
        await session.RecordPlanAsync(SessionPlan.OfOne("Find the order", PlanExecution.Stepwise));
        await session.RecordStepAsync(new StepRecord(
            1, "AI: calls get_order", "Order 1042 found", new StepEvaluation { Validation = new StepValidation { Valid = true } }, JsonElement.Parse("""{"status": "ok"}"""),
            [new StepEvaluation(), null], ["Look it up first."]));
        await session.CompleteAsync(new CompleteSession(SessionStatus.Succeeded, "Refunded.", Metadata: JsonElement.Parse("""{"execution_mode": "paired"}""")));
        await session.AwaitRewardAsync(Patience, TestContext.Current.CancellationToken);

        var seen = Assert.Single(judge.Requests);
        Assert.Equal(("Refund order 1042", "Refunded.", "paired", true), (seen.Task, seen.FinalAnswer, seen.ExecutionMode, seen.TeacherIntervened));
        Assert.Equal("Find the order", seen.Plan.GetProperty("steps")[0].GetProperty("description").GetString());
        var step = Assert.Single(seen.Steps);
        Assert.Equal((1, "Find the order", "ok", 2, "Order 1042 found", "AI: calls get_order"), (step.Id, step.Description, step.Status, step.Attempts, step.Output, step.Trace));
        Assert.Equal(["Look it up first."], step.Guidance);
        Assert.True(step.Validation.GetProperty("valid").GetBoolean());
    }

    [Fact]
    public async Task A_session_that_keeps_no_steps_is_judged_by_its_events()
    {
        var judge = ScriptedJudge.Open();
        await using var cluster = await TestCluster.StartAsync(judge: judge);
        var session = await cluster.Client.StartSessionAsync(new StartSession("Refund order 1042", Key));
        await session.AppendAsync(
            TrajectoryEvent.ToolResult("get_order", "{\"status\":\"delivered\"}"), TrajectoryEvent.Message("It was delivered, so no refund."));
        await session.CompleteAsync("No refund.");
        await session.AwaitRewardAsync(Patience, TestContext.Current.CancellationToken);

        var seen = Assert.Single(judge.Requests);
        Assert.Equal(2, seen.Steps.Length);
        Assert.Contains("get_order", seen.Steps[0].Description, StringComparison.Ordinal);
        Assert.Contains("delivered", seen.Steps[0].Output, StringComparison.Ordinal);
        Assert.Equal("It was delivered, so no refund.", seen.Steps[1].Output);
    }

    [Fact]
    public async Task The_playbook_that_a_session_was_given_comes_with_it_so_that_copies_of_it_are_not_judged()
    {
        var judge = ScriptedJudge.Open();
        await using var cluster = await TestCluster.StartAsync(judge: judge);
        await cluster.Client.ImportAsync(
            Key,
            PlaybookDocument.Import("""{"format": "atlas.playbook.v1", "student": ["Always look the order up before anything is promised to a customer."], "teacher": null, "entries": []}"""),
            new Attribution("anna", null));
        var session = await cluster.Client.StartSessionAsync(new StartSession("Refund order 1042", Key));
        await session.CompleteAsync("I was told: always look the order up before anything is promised to a customer.\nRefunded 12 euros.");
        await session.AwaitRewardAsync(Patience, TestContext.Current.CancellationToken);

        var seen = Assert.Single(judge.Requests);
        Assert.Equal(1, session.Playbook.Version);
        Assert.DoesNotContain("promised", seen.Injected.Remove(seen.FinalAnswer), StringComparison.Ordinal);
        Assert.Contains("Refunded 12 euros.", seen.Injected.Remove(seen.FinalAnswer), StringComparison.Ordinal);
    }
}
