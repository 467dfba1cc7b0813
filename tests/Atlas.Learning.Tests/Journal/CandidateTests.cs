using System.Text.Json;
using Atlas.Learning.Evidence;
using Atlas.Learning.Journal;
using Atlas.Learning.Options;
using Xunit;
using static Atlas.Learning.Tests.Journal.TriedKey;

namespace Atlas.Learning.Tests.Journal;

/// <summary>What a synthesizer proposes, on its way to a trial or past it.</summary>
public sealed class CandidateTests
{
    private static readonly object Rule = new
    {
        audience = "student",
        cue = new { type = "keyword", pattern = "voucher" },
        action = new { imperative = "Read the policy before offering one" },
        expected_effect = "The refund is right",
        scope = new { category = "reinforcement", constraints = "All orders" },
    };

    [Fact]
    public void Words_that_failed_do_not_come_back_under_another_id_or_in_other_clothes()
    {
        var key = new TriedKey { Options = new LearningOptions { Quorum = 1 } };
        key.Synthesize("a task", Rule);
        var entry = Assert.Single(key.State.Playbook.Entries);
        key.Execute(StandingDecisions.Withdraw(key.State, entry.Id!, key.Options, By with { Reason = "wrong" }));

        key.Synthesize("another task", Changed("  READ the policy,  before offering one!"));

        Assert.Empty(key.State.Playbook.Entries);
        Assert.Equal("failed_trial", key.State.Playbook.Metadata["pruned_entries"][0].GetProperty("reason").GetString());

        static object Changed(string imperative) => new
        {
            audience = "student",
            cue = new { type = "keyword", pattern = "voucher" },
            action = new { imperative },
            expected_effect = "The refund is right",
            scope = new { category = "reinforcement", constraints = "All orders" },
        };
    }

    [Fact]
    public void What_a_model_wrote_waits_for_sessions_of_two_tasks_and_the_same_rule_again_adds_to_it()
    {
        var key = new TriedKey();
        key.Synthesize("a task", Rule);
        var entry = Assert.Single(key.State.Playbook.Entries);
        Assert.Equal(EntryTrialState.Candidate, key.Trial(entry).State);

        key.Synthesize("a task", Rule);
        Assert.Equal(EntryTrialState.Candidate, key.Trial(entry).State);

        key.Synthesize("quite another task", Rule);
        Assert.Equal(EntryTrialState.OnTrial, key.Trial(entry).State);
    }

    [Fact]
    public void An_answer_that_cites_sessions_of_two_tasks_puts_its_entry_on_trial_at_once()
    {
        var key = new TriedKey();
        var cited = JsonSerializer.SerializeToNode(Rule)!.AsObject();
        cited["sessions"] = new System.Text.Json.Nodes.JsonArray(1001, 1002, 999_999);

        key.Synthesize("a task", cited);

        Assert.Equal(EntryTrialState.OnTrial, key.Trial(Assert.Single(key.State.Playbook.Entries)).State);
        Assert.Null(key.State.Playbook.Entries[0].Extra?.GetValueOrDefault("sessions"));
    }
}
