using System.Collections.Immutable;
using System.Text.Json;
using Atlas.Domain;
using Atlas.Domain.Json;
using Atlas.Domain.Playbooks;
using Atlas.Learning.Evidence;
using Atlas.Learning.Journal;
using Atlas.Learning.Meaning;
using Atlas.Learning.Tests.Journal;
using Xunit;

namespace Atlas.Learning.Tests.Meaning;

public sealed class MeaningDecisionTests
{
    private const string Look = "Look up the order before you promise anything";
    private const string Check = "Check what was bought first";
    private static readonly RuleVectors Alike = Known.Pairs(0.8, (Look + ".", Check + ".", 0.9));

    [Fact]
    public void A_synthesis_that_says_a_candidate_in_other_words_supports_it_instead_of_adding_one()
    {
        var key = new TriedKey { Vectors = Alike };
        key.Synthesize("first task", Candidate(Look));
        var first = Assert.Single(key.State.Playbook.Entries);
        Assert.Equal(EntryTrialState.Candidate, key.Trial(first).State);

        key.Synthesize("second task", Candidate(Check));

        Assert.Equal(first.Id, Assert.Single(key.State.Playbook.Entries).Id);
        Assert.Equal(EntryTrialState.OnTrial, key.Trial(first).State);
        var found = Assert.Single(key.Journal.OfType<SynthesisConcluded>().Last().Meanings!.Value);
        Assert.Equal((first.Id!, MeaningConsequence.Supports, "model", 0.9), (found.Known, found.Consequence, found.By!, found.Similarity));
        Replays(key);
    }

    [Fact]
    public void Without_vectors_the_same_answer_adds_an_entry()
    {
        var key = new TriedKey();
        key.Synthesize("first task", Candidate(Look));

        key.Synthesize("second task", Candidate(Check));

        Assert.Equal(2, key.State.Playbook.Entries.Length);
        Assert.Null(key.Journal.OfType<SynthesisConcluded>().Last().Meanings);
    }

    [Fact]
    public void Words_that_were_withdrawn_do_not_come_back_in_other_words_under_any_id()
    {
        var key = new TriedKey { Vectors = Alike };
        key.Synthesize("first task", Candidate(Look));
        var gone = Assert.Single(key.State.Playbook.Entries);
        key.Execute(StandingDecisions.Withdraw(key.State, gone.Id!, key.Options, TriedKey.By));

        key.Synthesize("second task", Candidate(Check));

        Assert.DoesNotContain(key.State.Playbook.Entries, entry => entry.Action.Imperative == Check);
        var found = Assert.Single(key.Journal.OfType<SynthesisConcluded>().Last().Meanings!.Value);
        Assert.Equal((gone.Id!, MeaningConsequence.KeptOut), (found.Known, found.Consequence));
        Replays(key);
    }

    [Fact]
    public void The_opposite_of_what_was_withdrawn_is_no_return_of_it()
    {
        var never = "Never " + char.ToLowerInvariant(Look[0]) + Look[1..];
        var key = new TriedKey { Vectors = Known.Pairs(0.8, (Look + ".", never + ".", 0.95)) };
        key.Synthesize("first task", Candidate(Look));
        key.Execute(StandingDecisions.Withdraw(key.State, key.State.Playbook.Entries[0].Id!, key.Options, TriedKey.By));

        key.Synthesize("second task", Candidate(never));

        Assert.Contains(key.State.Playbook.Entries, entry => entry.Action.Imperative == never);
    }

    [Fact]
    public void A_candidate_that_is_reworded_under_its_id_keeps_the_sessions_that_support_it()
    {
        var key = new TriedKey { Vectors = Alike };
        key.Synthesize("first task", Candidate(Look));
        var id = key.State.Playbook.Entries[0].Id;

        key.Revise("second task", id!, Candidate(Check));

        var entry = Assert.Single(key.State.Playbook.Entries);
        Assert.Equal(Check, entry.Action.Imperative);
        Assert.Equal(EntryTrialState.OnTrial, key.Trial(entry).State);
    }

    [Fact]
    public void Two_entries_of_one_answer_that_say_the_same_are_one()
    {
        var key = new TriedKey { Vectors = Alike };

        key.Synthesize("first task", Candidate(Look), Candidate(Check));

        Assert.Equal(Look, Assert.Single(key.State.Playbook.Entries).Action.Imperative);
    }

    [Fact]
    public void What_compares_finds_pairs_and_merges_only_what_nobody_has_tried_or_written()
    {
        var key = Twice();
        var pairs = Pairs(key);
        Assert.Equal(RuleRelation.Same, Assert.Single(pairs).Relation);

        key.Execute(MeaningDecisions.Compared(key.State, key.State.Version, pairs, "model", key.Options, Build.Now));

        var kept = Assert.Single(key.State.Playbook.Entries);
        Assert.Equal(Look, kept.Action.Imperative);
        Assert.Equal(EntryTrialState.OnTrial, key.Trial(kept).State);
        Assert.Equal(PlaybookCause.Merge, key.Journal.OfType<PlaybookChanged>().Last().Cause);
        Assert.Null(key.State.Pairs);
        Assert.Equal(Check, Assert.Single(key.State.Merged!.Value).Gone.Action.Imperative);
        Replays(key);
    }

    [Fact]
    public void A_merger_is_undone_to_the_last_word_and_not_made_by_itself_again()
    {
        var key = Twice();
        var (before, trial) = (key.State.Playbook.Entries[1], key.Trial(key.State.Playbook.Entries[1]));
        key.Execute(MeaningDecisions.Compared(key.State, key.State.Version, Pairs(key), "model", key.Options, Build.Now));

        key.Execute(MeaningDecisions.Unmerge(key.State, before.Id!, key.Options, TriedKey.By));

        Assert.Equal(JsonSerializer.Serialize(before, AtlasJson.Options), JsonSerializer.Serialize(key.State.Playbook.Entries[1], AtlasJson.Options));
        Assert.Equal(JsonSerializer.Serialize(trial, AtlasJson.Options), JsonSerializer.Serialize(key.Trial(before), AtlasJson.Options));
        key.Execute(MeaningDecisions.Compared(key.State, key.State.Version, Pairs(key), "model", key.Options, Build.Now));
        Assert.Equal(2, key.State.Playbook.Entries.Length);
        Assert.Equal(RuleRelation.Same, Assert.Single(key.State.Pairs!.Value).Relation);
        Assert.True(Assert.Single(key.State.Merged!.Value).Undone);
        Replays(key);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, true)]
    public void Entries_of_a_person_and_those_that_were_switched_off_are_only_shown(bool merge, bool byPerson)
    {
        var key = new TriedKey { Vectors = Alike, Options = new() { Meaning = new() { Merge = merge } } };
        key.Import(TriedKey.Playbook("") with { Entries = [Entry("a", Look, byPerson), Entry("b", Check, byPerson)] });

        key.Execute(MeaningDecisions.Compared(key.State, 1, Pairs(key), "model", key.Options, Build.Now));

        Assert.Equal(2, key.State.Playbook.Entries.Length);
        Assert.Equal(("a", "b"), (Assert.Single(key.State.Pairs!.Value).One, key.State.Pairs.Value[0].Other));
        Assert.Equal(1, key.State.ComparedVersion);
    }

    [Fact]
    public void Of_two_the_one_that_sessions_have_tried_stays()
    {
        var key = Twice(provisional: true);
        var tried = key.State.Playbook.Entries[1];
        key.Count(TriedKey.Drawn(tried, shown: true), 1);

        key.Execute(MeaningDecisions.Compared(key.State, key.State.Version, Pairs(key), "model", key.Options, Build.Now));

        Assert.Equal(tried.Id, Assert.Single(key.State.Playbook.Entries).Id);
    }

    [Fact]
    public void Nothing_follows_from_what_was_compared_of_an_older_version_or_twice()
    {
        var key = Twice();
        var pairs = Pairs(key);

        Assert.Empty(MeaningDecisions.Compared(key.State, key.State.Version - 1, pairs, "model", key.Options, Build.Now).Events);
        key.Execute(MeaningDecisions.Compared(key.State, key.State.Version, [], "model", key.Options, Build.Now));
        Assert.Empty(MeaningDecisions.Compared(key.State, key.State.Version, pairs, "model", key.Options, Build.Now).Events);
    }

    [Fact]
    public void Nothing_is_merged_while_a_version_is_on_trial_and_people_are_told_so()
    {
        var key = TriedKey.Canary();
        var refused = Assert.Throws<RefusedException>(() => MeaningDecisions.Merge(key.State, "one", "two", key.Options, TriedKey.By));

        Assert.Contains("on trial", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Entries_that_were_found_to_say_the_same_during_a_trial_are_merged_when_it_is_over(bool isExperiment)
    {
        var key = new TriedKey();
        key.Import(TriedKey.Playbook("Stay calm.") with { Entries = [Entry("a", Look, false), Entry("b", Check, false)] });
        if (isExperiment)
        {
            key.Execute(ExperimentRequests.Start(key.State, new() { Configuration = new() { Model = "small" } }, null, null, key.Options, TriedKey.By));
        }
        else
        {
            key.Import(key.State.Playbook with { StudentPreface = "Hurry." });
        }

        key.Execute(MeaningDecisions.Compared(key.State, key.State.Version, Pairs(key), "model", key.Options, Build.Now));
        Assert.Equal(2, key.State.Playbook.Entries.Length);
        Assert.Empty(MeaningDecisions.MergeDue(key.State, key.Options, Build.Now).Events);

        if (isExperiment)
        {
            key.Execute(ExperimentRequests.Stop(key.State, 1, TriedKey.By));
        }
        else
        {
            key.RunUntilOver(isNew => isNew ? 1 : 0);
        }

        Assert.True(key.Execute(MeaningDecisions.MergeDue(key.State, key.Options, Build.Now)));
        Assert.Equal("a", Assert.Single(key.State.Playbook.Entries).Id);
        Assert.Equal(PlaybookCause.Merge, key.Journal.OfType<PlaybookChanged>().Last().Cause);
        Assert.False(MeaningDecisions.HasMergeDue(key.State, key.Options));
        Replays(key);
    }

    [Theory]
    [InlineData("a", "a", "into itself")]
    [InlineData("a", "x", "no entry 'x'")]
    [InlineData("x", "a", "no entry 'x'")]
    public void A_merger_of_what_is_not_there_is_refused_with_a_sentence(string kept, string gone, string said)
    {
        var key = new TriedKey();
        key.Import(TriedKey.Playbook("", "a", "b"));

        Assert.Contains(said, Assert.Throws<RefusedException>(() => MeaningDecisions.Merge(key.State, kept, gone, key.Options, TriedKey.By)).Message, StringComparison.Ordinal);
        Assert.Contains("No entry", Assert.Throws<RefusedException>(() => MeaningDecisions.Unmerge(key.State, gone, key.Options, TriedKey.By)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_person_merges_what_a_person_wrote_and_an_id_in_use_is_not_given_away()
    {
        var key = new TriedKey();
        key.Import(TriedKey.Playbook("", "a", "b"));

        key.Execute(MeaningDecisions.Merge(key.State, "a", "b", key.Options, TriedKey.By));

        Assert.Equal("a", Assert.Single(key.State.Playbook.Entries).Id);
        key.Import(TriedKey.Playbook("", "a", "b"));
        Assert.Contains("a new entry 'b'", Assert.Throws<RefusedException>(() => MeaningDecisions.Unmerge(key.State, "b", key.Options, TriedKey.By)).Message, StringComparison.Ordinal);
    }

    private static TriedKey Twice(bool provisional = false)
    {
        var key = new TriedKey();
        if (provisional)
        {
            key.Import(TriedKey.Playbook("") with { Entries = [Entry("a", Look, false), Entry("b", Check, false)] });
            return key;
        }

        key.Synthesize("first task", Candidate(Look));
        key.Synthesize("second task", Candidate(Check));
        return key;
    }

    private static ImmutableArray<EntryPair> Pairs(TriedKey key) => EntryPair.Of(key.State.Playbook, Alike);

    private static void Replays(TriedKey key) => Assert.Equal(
        JsonSerializer.Serialize(key.State, AtlasJson.Options),
        JsonSerializer.Serialize(LearningKeyFold.Apply(LearningKeyState.Empty, key.Journal), AtlasJson.Options));

    private static PlaybookEntry Entry(string id, string imperative, bool byPerson) =>
        TriedKey.Entry(id, imperative, byPerson ? EntryLifecycle.Active : EntryLifecycle.Provisional) with { Cue = new EntryCue { Type = "keyword", Pattern = "refund", Description = "a refund" } };

    private static object Candidate(string imperative) => new
    {
        cue = new { type = "keyword", pattern = "refund", description = "a refund is asked for" },
        action = new { imperative },
        expected_effect = "The promise is right.",
        scope = new { category = "reinforcement", constraints = "Holds for every order." },
    };
}
