using System.Collections.Immutable;
using System.Text.Json;
using Atlas.Domain;
using Atlas.Domain.Json;
using Atlas.Domain.Playbooks;
using Atlas.Learning.Evidence;
using Atlas.Learning.Journal;
using Atlas.Learning.Options;
using Xunit;
using static Atlas.Learning.Tests.Journal.TriedKey;

namespace Atlas.Learning.Tests.Journal;

/// <summary>Trials in the journal and in the fold of a key.</summary>
public sealed class TrialDecisionTests
{
    [Fact]
    public void A_harmful_entry_is_withdrawn_with_the_session_that_proves_it_and_its_words_are_condemned()
    {
        var (key, entry) = (new TriedKey(), Entry("bad"));
        key.Import(Playbook("", "bad") with { Entries = [entry] });
        Assert.Equal(EntryTrialState.OnTrial, key.Trial(entry).State);

        var count = 0;
        while (!key.Trial(entry).State.IsFinal && ++count < 400)
        {
            key.Count(Drawn(entry, shown: count % 2 == 0), count % 2 == 0 ? 0 : 1);
        }

        Assert.True(key.Trial(entry).State.IsFinal);
        var judged = Assert.IsType<EntriesJudged>(key.Journal[^1]);
        Assert.Equal((key.Trial(entry).State, EntryWordsOf(entry)), (judged.Entries[^1].Change.To, judged.Entries[^1].Words));
        Assert.Equal(EntryWordsOf(entry), Assert.Single(key.State.Trials!.Condemned).Words);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Rewards_that_come_late_lead_to_the_same_evidence_as_those_that_come_with_the_end(bool failed)
    {
        var entry = Entry("one");
        var (atOnce, late) = (new TriedKey(), new TriedKey());
        foreach (var key in new[] { atOnce, late })
        {
            key.Import(Playbook("", "one") with { Entries = [entry] });
        }

        for (var count = 0; count < 40; count++)
        {
            var (drawn, reward) = (Drawn(entry, shown: count % 2 == 0), count % 5 / 4.0);
            atOnce.Count(drawn, reward);
            late.CountLate(drawn, reward, failed);
        }

        Assert.Equal(atOnce.Trial(entry).Evidence, late.Trial(entry).Evidence);
        Assert.Equal(atOnce.Trial(entry).State, late.Trial(entry).State);
        Assert.Equal(atOnce.State.History, late.State.History);
        Assert.Equal(
            atOnce.State.Playbook.Entries[0].Impact is { } one ? (one.RewardWithSum, one.RewardWithCount, one.RewardWithoutSum, one.RewardWithoutCount) : default,
            late.State.Playbook.Entries[0].Impact is { } other ? (other.RewardWithSum, other.RewardWithCount, other.RewardWithoutSum, other.RewardWithoutCount) : default);
    }

    [Fact]
    public void A_quarantined_session_is_taken_out_once_and_put_back_once()
    {
        var (key, entry) = (new TriedKey(), Entry("one"));
        key.Import(Playbook("", "one"));
        key.Count(Drawn(entry, shown: true), 1);
        var before = Text(key);
        var (drawn, reward) = (Drawn(entry, shown: false), 0.25);
        var session = key.Count(drawn, reward);
        var after = Text(key);

        void Review(ReviewStatus status) => key.Execute(LearningKeyDecisions.Review(
            key.State, SessionStanding.Observed, session, status, mayTeach: false, By, Outcome(session, drawn, reward)));
        Review(ReviewStatus.Quarantined);
        Review(ReviewStatus.Quarantined);
        Assert.Equal(Evidence(before), Evidence(Text(key)));

        Review(ReviewStatus.Approved);
        Review(ReviewStatus.Pending);
        Assert.Equal(Evidence(after), Evidence(Text(key)));
    }

    [Fact]
    public void The_journal_folded_again_gives_the_same_bytes()
    {
        var key = Canary();
        key.RunUntilOver(isNew => isNew ? 0 : 1);
        key.Import(Playbook("Hurry again.", "one", "two"));
        for (var count = 0; count < 30; count++)
        {
            key.Count(Drawn(Entry("two"), shown: count % 3 == 0), count % 5 / 4.0);
        }

        Assert.Equal(Text(key), JsonSerializer.Serialize(LearningKeyFold.Apply(LearningKeyState.Empty, key.Journal), AtlasJson.Options));
    }

    [Fact]
    public void With_nothing_to_be_tried_a_key_has_no_trials_and_one_from_before_reads_as_having_none()
    {
        var key = new TriedKey { Options = new LearningOptions { Evidence = new EvidenceOptions { Enabled = false } } };
        key.Import(Playbook("Stay calm.", "one"));
        key.Count(new SessionAssignment(), 1);

        Assert.Null(key.State.Trials);
        Assert.DoesNotContain("trials", Text(key), StringComparison.Ordinal);
    }

    [Fact]
    public void Entries_from_before_are_tolerated_once_something_is_tried()
    {
        var key = new TriedKey { Options = new LearningOptions { Evidence = new EvidenceOptions { Enabled = false } } };
        key.Import(Playbook("Stay calm.", "one"));
        key.Execute(LearningKeyDecisions.Observe(
            key.State, SessionStanding.Unknown, Outcome(77, Drawn(Entry("one"), shown: true), 1), teaches: false, new LearningOptions(), new DriftOptions { Enabled = false }, By));

        Assert.Equal((EntryTrialState.Tolerated, 1L), (key.Trial(Entry("one")).State, key.Trial(Entry("one")).Evidence.Sessions));
    }

    [Fact]
    public void A_decline_raises_the_alarm_and_asks_for_a_trial_against_the_version_of_better_times()
    {
        var key = new TriedKey();
        key.Import(Playbook("Stay calm."));
        for (var count = 0; count < 100; count++)
        {
            key.Count(new SessionAssignment { Task = "task" }, 1);
        }

        key.Import(Playbook("Stay calm.", "one"));
        Assert.Null(AlarmDecisions.AsksFor(key.State, key.Options));
        for (var count = 0; count < 200 && key.State.Trials!.AlarmSince is null; count++)
        {
            key.Count(new SessionAssignment { Task = "task" }, count % 2);
        }

        var raised = Assert.Single(key.Journal.OfType<AlarmRaised>());
        Assert.Equal((2, 1), (raised.Version, raised.GoodVersion));
        Assert.True(KeyFindings.Of(key.State)!.Alarm);
        Assert.Equal(1, AlarmDecisions.AsksFor(key.State, key.Options));

        Assert.True(key.Execute(AlarmDecisions.Answer(key.State, new ServedPlaybook(1, Build.Now, Playbook("Stay calm.")), key.Options, Build.Now)));
        Assert.Equal((2, 1), (key.State.Trials!.Evidence.Canary!.Version.Number, key.State.Trials.Evidence.Canary.Parent.Number));
        Assert.Null(AlarmDecisions.AsksFor(key.State, key.Options));
    }

    [Fact]
    public void A_person_puts_a_failed_entry_on_trial_from_the_beginning_and_unknown_ones_are_refused()
    {
        var (key, entry) = (new TriedKey(), Entry("one"));
        key.Import(Playbook("", "one"));
        key.Count(Drawn(entry, shown: true), 0);
        key.Execute(StandingDecisions.Withdraw(key.State, "one", key.Options, By));
        Assert.Equal(EntryTrialState.Withdrawn, key.Trial(entry).State);

        Assert.True(key.Execute(StandingDecisions.Try(key.State, "one", key.Options, By)));
        Assert.False(key.Execute(StandingDecisions.Try(key.State, "one", key.Options, By)));

        Assert.Equal((EntryTrialState.OnTrial, 0L), (key.Trial(entry).State, key.Trial(entry).Evidence.Sessions));
        Assert.Empty(key.State.Trials!.Condemned);
        Assert.Contains("'none'", Assert.Throws<RefusedException>(() => StandingDecisions.Try(key.State, "none", key.Options, By)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Findings_say_what_is_known_and_how_much_is_missing()
    {
        var (key, entry) = (new TriedKey(), Entry("one"));
        key.Import(Playbook("", "one"));
        Assert.Contains("no session has been drawn", KeyFindings.Of(key.State)!.Summary, StringComparison.Ordinal);

        for (var count = 0; count < 10; count++)
        {
            key.Count(Drawn(entry, shown: count % 2 == 0) with { Holdout = new("1", 0.9, count != 3) }, count % 2 == 0 ? 1 : 0);
        }

        var findings = KeyFindings.Of(key.State)!;
        Assert.StartsWith("Not enough evidence yet on whether learning helps this key: 9 sessions with a playbook, 1 without; about ", findings.Summary, StringComparison.Ordinal);
        var found = Assert.Single(findings.Entries);
        Assert.Equal((10L, 5L, 5L, true), (found.Sessions, found.Effect.Shown, found.Effect.Held, found.Effect.Missing > 0));
        Assert.Same(found, findings.Of(entry));
    }

    private static string Text(TriedKey key) => JsonSerializer.Serialize(key.State, AtlasJson.Options);

    // Everything but the alarm, which looks at sessions in their order, and the number of the last session that a task was ever seen in.
    private static string Evidence(string state) => JsonSerializer.Serialize(
        JsonSerializer.Deserialize<LearningKeyState>(state, AtlasJson.Options)!.Trials!.Evidence with { Watch = RegressionWatch.Start, Expectation = TaskExpectation.None }, AtlasJson.Options);

    private static string EntryWordsOf(PlaybookEntry entry) => Atlas.Learning.Injection.EntryWords.Of(entry);

    [Fact]
    public void What_sessions_teach_while_a_version_is_tried_is_given_to_neither_arm_before_the_trial_is_over()
    {
        var (key, entry) = (Canary(), Entry("one"));
        key.Put(key.Trial(entry) with { State = EntryTrialState.Candidate, Support = new CandidateSupport { Tasks = ["a task"] } });
        var support = new SynthesisSupport(
            ImmutableDictionary<string, ImmutableArray<long>>.Empty.Add("one", [7]), ImmutableDictionary<long, string?>.Empty.Add(7, "another task"), 7, Quorum: 2);
        var brought = EvidenceDecisions.Version(key.State, 3, Playbook("Hurry slowly.", "one"), PlaybookCause.Synthesis, support, key.Options)!;

        var introduced = Assert.Single(brought.Entries);
        Assert.Equal((false, 2), (introduced.Admitted, introduced.Support.Length));
        key.Put(key.Trial(entry) with { Support = new CandidateSupport { Tasks = introduced.Support } });
        key.RunUntilOver(isNew => isNew ? 1 : 0);
        Assert.Equal(EntryTrialState.OnTrial, key.Trial(entry).State);
    }

    [Fact]
    public void What_several_keys_know_of_the_same_words_adds_up()
    {
        var (key, other, entry) = (new TriedKey(), new TriedKey(), Entry("one"));
        foreach (var (each, sessions) in new[] { (key, 8), (other, 8) })
        {
            each.Import(Playbook("") with { Entries = [entry] });
            for (var count = 0; count < sessions; count++)
            {
                each.Count(Drawn(entry, count % 2 == 0), count % 2 == 0 ? 1 : 0);
            }
        }

        var found = KeyFindings.Of(key.State)!;
        var pooled = Assert.Single(found.With(other.State.Trials!.Evidence.Entries).Entries).Pooled!;
        Assert.Equal((2, 8, 8), (pooled.Keys, pooled.Effect.Shown, pooled.Effect.Held));
        Assert.True(pooled.Effect.Bounds.Low > Assert.Single(found.Entries).Effect.Bounds.Low);
        Assert.Null(Assert.Single(found.With([]).Entries).Pooled);
    }
}
