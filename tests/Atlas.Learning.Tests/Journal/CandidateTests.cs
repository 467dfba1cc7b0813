using System.Text.Json;
using Atlas.Domain;
using Atlas.Domain.Json;
using Atlas.Learning.Evidence;
using Atlas.Learning.Journal;
using Atlas.Learning.Options;
using Atlas.Learning.Synthesis;
using Xunit;
using static Atlas.Learning.Tests.Journal.TriedKey;

namespace Atlas.Learning.Tests.Journal;

/// <summary>What a synthesizer proposes, on its way to a trial or past it.</summary>
public sealed class CandidateTests
{
    private static readonly object Rule = Worded("Read the policy before offering one");

    [Fact]
    public void Words_that_failed_do_not_come_back_under_another_id_or_in_other_clothes()
    {
        var key = new TriedKey { Options = new LearningOptions { Quorum = 1 } };
        key.Synthesize("a task", Rule);
        var entry = Assert.Single(key.State.Playbook.Entries);
        key.Execute(StandingDecisions.Withdraw(key.State, entry.Id!, key.Options, By with { Reason = "wrong" }));

        key.Synthesize("another task", Worded("  READ the policy,  before offering one!"));

        Assert.Empty(key.State.Playbook.Entries);
        Assert.Equal("failed_trial", key.State.Playbook.Metadata["pruned_entries"][0].GetProperty("reason").GetString());
    }

    [Fact]
    public void Words_that_failed_while_the_synthesizer_was_asked_do_not_come_back_either()
    {
        var key = new TriedKey { Options = new LearningOptions { Quorum = 1 } };
        key.Synthesize("a task", Rule);
        var (entry, asked) = (Assert.Single(key.State.Playbook.Entries), key.State);
        key.Execute(StandingDecisions.Withdraw(key.State, entry.Id!, key.Options, By with { Reason = "wrong" }));
        key.Execute(SynthesisDecisions.Conclude(
            key.State,
            new SynthesisProposal
            {
                Synthesizer = "model",
                Snapshot = asked,
                SessionIds = [9],
                Answer = JsonSerializer.SerializeToElement(new { add_entries = new[] { Worded("  READ the policy,  before offering one!") } }),
                Context = new SynthesisContext { Now = Build.Now, Options = key.Options, SessionIds = [9] }.With(asked.Trials),
            },
            mayRerun: true));

        Assert.Empty(key.State.Playbook.Entries);
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

    [Fact]
    public void A_quarantined_session_no_longer_supports_a_candidate_and_does_again_when_it_is_approved()
    {
        var key = new TriedKey();
        key.Synthesize("a task", Rule);
        var entry = Assert.Single(key.State.Playbook.Entries);
        Assert.Equal([1], Assert.Single(key.Trial(entry).Support!.Sessions!.Value));

        Review(ReviewStatus.Quarantined);
        Assert.Empty(key.Trial(entry).Support!.Counted);
        key.Synthesize("quite another task", Rule);
        Assert.Equal(EntryTrialState.Candidate, key.Trial(entry).State);

        Review(ReviewStatus.Approved);
        Assert.Equal(2, key.Trial(entry).Support!.Counted.Length);
        key.Synthesize("quite another task", Rule);
        Assert.Equal(EntryTrialState.OnTrial, key.Trial(entry).State);
        Assert.Equal(
            JsonSerializer.Serialize(key.State, AtlasJson.Options),
            JsonSerializer.Serialize(LearningKeyFold.Apply(LearningKeyState.Empty, key.Journal), AtlasJson.Options));

        void Review(ReviewStatus status) => key.Execute(LearningKeyDecisions.Review(key.State, SessionStanding.Applied, 1, status, mayTeach: false, By));
    }

    private static object Worded(string imperative) => new
    {
        audience = "student",
        cue = new { type = "keyword", pattern = "voucher" },
        action = new { imperative },
        expected_effect = "The refund is right",
        scope = new { category = "reinforcement", constraints = "All orders" },
    };
}
