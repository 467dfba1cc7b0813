using System.Text.Json;
using Atlas.Domain.Playbooks;
using Atlas.Learning.Options;
using Atlas.Learning.Playbooks;
using Xunit;

namespace Atlas.Learning.Tests.Synthesis;

public sealed partial class AcceptanceTests
{
    [Fact]
    public void L7_an_entry_without_an_id_can_be_provisional()
    {
        var candidate = Build.Candidate(imperative: "Open ticket-42").Replace("{\"audience\"", "{\"id\":null,\"audience\"", StringComparison.Ordinal);
        var result = Build.Apply(LearnedPlaybook.Empty, Build.Answer([candidate]));
        Assert.Equal(EntryLifecycle.Provisional, Assert.Single(result.Playbook.Entries).Lifecycle);
        Assert.Equal(result.Failures[0].Id, result.Playbook.Entries[0].Id);
    }

    [Fact]
    public void L8_of_two_candidates_with_one_id_both_live_and_the_second_gets_its_own()
    {
        var result = Build.Apply(Build.Playbook(Build.Entry("e")), Build.Answer(
            [Build.Candidate("e", imperative: "first"), Build.Candidate("f"), Build.Candidate("e", imperative: "last")]));
        Assert.Equal(["first", "Check the queue", "last"], result.Playbook.Entries.Select(entry => entry.Action.Imperative));
        Assert.Equal(["e", "f"], result.Playbook.Entries.Take(2).Select(entry => entry.Id));
        Assert.StartsWith("playbook-entry-", result.Playbook.Entries[2].Id, StringComparison.Ordinal);
        Assert.Equal(3, result.Summary.TotalCandidates);
    }

    [Fact]
    public void An_entry_that_is_said_twice_counts_once() => Assert.Single(
        Build.Apply(LearnedPlaybook.Empty, Build.Answer([Build.Candidate("e"), Build.Candidate("e")])).Playbook.Entries);

    [Fact]
    public void L19_a_tool_is_stored_in_the_spelling_of_the_list()
    {
        var options = new LearningOptions { Schema = new EntrySchemaOptions { AllowedRuntimeHandles = ["Metrics.Query"] } };
        var result = Build.Apply(LearnedPlaybook.Empty, Build.Answer([Build.Candidate(handle: "METRICS.QUERY")]), Build.Context(options, "metrics.query"));
        Assert.Equal("Metrics.Query", result.Playbook.Entries[0].Action.RuntimeHandle);
    }

    [Fact]
    public void Unknown_keys_of_an_entry_are_kept()
    {
        var candidate = Build.Candidate("e").Replace("{\"audience\"", "{\"priority\":7,\"audience\"", StringComparison.Ordinal);
        var entry = Assert.Single(Build.Apply(LearnedPlaybook.Empty, Build.Answer([candidate])).Playbook.Entries);
        Assert.Equal(7, entry.Extra!["priority"].GetInt32());
        var again = LearningStateJson.Read(LearningStateJson.Write(Build.Playbook(entry)));
        Assert.Equal(7, again.Entries[0].Extra!["priority"].GetInt32());
    }

    [Fact]
    public void The_model_may_choose_from_all_tools_each_in_one_spelling()
    {
        var options = new LearningOptions { Schema = new EntrySchemaOptions { AllowedRuntimeHandles = ["Logs.Tail", " "] } };
        Assert.Equal(["Logs.Tail", "metrics.query"], Build.Context(options, "logs.tail", " metrics.query ").AvailableHandles);
    }
}
