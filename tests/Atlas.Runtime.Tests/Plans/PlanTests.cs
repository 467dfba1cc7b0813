using System.Text.Json.Nodes;
using Atlas.Domain.Sessions;
using Atlas.Runtime.Plans;
using Xunit;

namespace Atlas.Runtime.Tests.Plans;

public class PlanTests
{
    [Fact]
    public void Steps_are_sorted_into_levels_whatever_form_their_dependencies_have()
    {
        var plan = Read("""{"steps":[{"id":1,"description":"a"},{"id":2,"description":"b","depends_on":[1,"#1"]},{"id":3,"description":"c","depends_on":["#2"]}]}""");

        Assert.Equal([[1], [2], [3]], StepLevels.Of(plan).Select(level => level.ToArray()));
        Assert.Equal("""[1,"#1"]""", plan.ToJson()["steps"]![1]!["depends_on"]!.ToJsonString());
    }

    [Fact]
    public void Steps_of_one_level_are_in_ascending_order() => Assert.Equal(
        [[1, 5, 9], [2]],
        StepLevels.Of(Read("""[{"id":9,"description":"a"},{"id":2,"description":"b","depends_on":[9]},{"id":5,"description":"c"},{"id":1,"description":"d"}]"""))
            .Select(level => level.ToArray()));

    [Theory]
    [InlineData("""[{"id":1,"description":"a","depends_on":[2]},{"id":2,"description":"b","depends_on":[1]}]""", "in a cycle")]
    [InlineData("""[{"id":1,"description":"a","depends_on":[1]}]""", "in a cycle")]
    [InlineData("""[{"id":1,"description":"a","depends_on":[7]}]""", "depends on step 7, which is not in the plan")]
    [InlineData("""[{"id":1,"description":"a","depends_on":["later"]}]""", "which is not a step")]
    [InlineData("""[{"id":1,"description":"a"},{"id":1,"description":"b"}]""", "Two steps of the plan have the number 1")]
    [InlineData("""[{"id":1}]""", "Step 1 of the plan has no description")]
    [InlineData("""[{"description":"a"}]""", "Step 1 of the plan has no number")]
    [InlineData("""[{"id":1.5,"description":"a"}]""", "Step 1 of the plan has no number")]
    [InlineData("""["look"]""", "Step 1 of the plan is not an object")]
    [InlineData("""[{"id":1,"description":"a","depends_on":[null]}]""", "something that is not a step")]
    public void A_plan_that_cannot_be_used_is_told_why(string json, string reason) =>
        Assert.Contains(reason, Assert.Throws<PlanException>(() => Read(json)).Message, StringComparison.Ordinal);

    [Fact]
    public void Plans_are_read_as_models_write_them()
    {
        var plan = Read("""
            {"execution_mode":"single_shot","total_estimated_time":"1h","steps":[
              {"id":"Step_1","description":"a","estimated_time":"5m","tools":["get","put"]},
              {"id":"s2","description":"b","depends_on":["step_1"],"tool":"get","tool_params":{"id":7}},
              {"id":3.0,"description":"c","depends_on":" 2 "}]}
            """);

        Assert.Equal(
            """{"steps":[{"id":1,"description":"a","tool":"get, put","tool_params":null,"depends_on":[]},{"id":2,"description":"b","tool":"get","tool_params":{"id":7},"depends_on":[1]},{"id":3,"description":"c","tool":null,"tool_params":null,"depends_on":[2]}],"execution_mode":"stepwise"}""",
            plan.ToJson().ToJsonString());
    }

    [Theory]
    [InlineData("Step 1", "Step 1")]
    [InlineData("step_1", "STEP_1")]
    [InlineData("S1", "s1")]
    [InlineData("#1", "step #1")]
    [InlineData("Step #1", "#1")]
    public void A_step_is_referred_to_as_it_may_be_named(string id, string reference) => Assert.Equal(
        [[1], [2]],
        StepLevels.Of(Read($$"""[{"id":"{{id}}","description":"a"},{"id":2,"description":"b","depends_on":["{{reference}}"]}]""")).Select(level => level.ToArray()));

    [Fact]
    public void A_reference_that_is_no_step_is_told_as_it_was_written() => Assert.Contains(
        "depends on 'setup', which is not a step",
        Assert.Throws<PlanException>(() => Read("""[{"id":1,"description":"a","depends_on":["setup"]}]""")).Message,
        StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"steps":[]}""")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("7")]
    [InlineData("null")]
    public void What_has_no_steps_is_no_plan(string json) => Assert.Null(PlanReader.Read(JsonNode.Parse(json), PlanExecution.Stepwise));

    private static SessionPlan Read(string json) => PlanReader.Read(JsonNode.Parse(json), PlanExecution.Stepwise)!;
}
