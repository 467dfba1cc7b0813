using System.Globalization;
using System.Text.Json;
using Atlas.Domain;
using Atlas.Domain.Json;
using Atlas.Domain.Playbooks;
using Atlas.Learning.Evidence;
using Atlas.Learning.Journal;
using Xunit;
using static Atlas.Learning.Tests.Journal.TriedKey;

namespace Atlas.Learning.Tests.Journal;

/// <summary>A trial that begins anew, and the sessions of the one before.</summary>
public sealed class TrialRenewalTests
{
    private static readonly PlaybookEntry One = Entry("one");

    [Fact]
    public void Taking_out_the_sessions_that_condemned_an_entry_changes_nothing_in_its_new_trial()
    {
        var (key, counted) = Condemned();
        key.Execute(StandingDecisions.Try(key.State, "one", key.Options, By));
        foreach (var outcome in counted)
        {
            Review(key, ReviewStatus.Quarantined, outcome);
        }

        Assert.Equal((EntryTrialState.OnTrial, TrialEvidence.None), (key.Trial(One).State, key.Trial(One).Evidence));
        Review(key, ReviewStatus.Approved, counted[0]);
        Assert.Equal((EntryTrialState.OnTrial, TrialEvidence.None), (key.Trial(One).State, key.Trial(One).Evidence));
        AssertStored(key);
    }

    [Fact]
    public void Putting_back_a_session_of_the_earlier_trial_changes_nothing_in_the_new_one()
    {
        var (key, counted) = Condemned();
        Review(key, ReviewStatus.Quarantined, counted[0]);
        key.Execute(StandingDecisions.Try(key.State, "one", key.Options, By));
        Review(key, ReviewStatus.Approved, counted[0]);

        Assert.Equal(TrialEvidence.None, key.Trial(One).Evidence);
    }

    [Fact]
    public void A_session_counts_in_the_trial_that_it_was_drawn_in()
    {
        var (key, _) = Condemned();
        var before = Drawn(One, shown: true);
        key.Execute(StandingDecisions.Try(key.State, "one", key.Options, By));
        var now = key.State.Trials!.Evidence.DrawEntries(
            new SessionAssignment { Task = "task" }, "key", "unit", [new TrialSubject("one", Sha(One), IsTriggered: true)], limited: false, key.Options.Evidence);
        Assert.Equal((0L, 1L), (Assert.Single(before.Entries).Trial, Assert.Single(now.Entries).Trial));

        key.CountLate(before, 1, failed: true);
        Assert.Equal(TrialEvidence.None, key.Trial(One).Evidence);
        key.CountLate(now, 1, failed: true);
        Assert.Equal(1, key.Trial(One).Evidence.Sessions);
        AssertStored(key);

        // Condemned and tried once more.
        key.Execute(StandingDecisions.Withdraw(key.State, "one", key.Options, By));
        key.Execute(StandingDecisions.Try(key.State, "one", key.Options, By));
        Assert.Equal((2L, 0L), (key.Trial(One).Number, key.Trial(One).Evidence.Sessions));
    }

    [Fact]
    public void Words_whose_trial_was_archived_begin_another_one_that_earlier_sessions_do_not_change()
    {
        var key = new TriedKey();
        key.Import(Playbook("", "other"));
        var tried = TrialEvidence.None.Add(new(shown: true, 0.5, 0.5, 1));
        key.Put(new EntryTrial { Entry = "one", Sha = Sha(One), State = EntryTrialState.OnTrial, Evidence = tried });
        for (var number = 0; number < KeyTrials.MostResting; number++)
        {
            var idle = new EntryTrial { Entry = string.Create(CultureInfo.InvariantCulture, $"idle {number}"), Sha = "aa", State = EntryTrialState.OnTrial };
            key.Put(idle with { Evidence = tried.Merge(tried) });
        }

        key.Import(Playbook("", "other", "third"));
        Assert.Null(key.Trial(One));
        key.Import(Playbook("", "other", "third", "one"));
        var outcome = Outcome(900, Drawn(One, shown: true), 1);
        key.Execute(LearningKeyDecisions.Review(
            key.State, SessionStanding.Observed, 900, ReviewStatus.Quarantined, mayTeach: false, By, outcome, new CountedEvidence(outcome.Assignment!, 1, IsOut: false)));

        Assert.Equal((1L, TrialEvidence.None), (key.Trial(One).Number, key.Trial(One).Evidence));
        Assert.Equal(0, key.Trial(Entry("third")).Number);
    }

    [Fact]
    public void A_trial_that_an_older_event_began_anew_keeps_the_draws_of_its_time()
    {
        var (key, _) = Condemned();
        var change = new StandingChange("one", Sha(One), key.Trial(One).State, EntryTrialState.OnTrial);
        key.Execute(new Decision<bool>([new EntryStandingSet { Entry = new(change, ""), At = Build.Now, Author = "ann" }], true));
        key.Count(Drawn(One, shown: true), 1);

        Assert.Equal((0L, 1L), (key.Trial(One).Number, key.Trial(One).Evidence.Sessions));
        Assert.DoesNotContain("renewals", JsonSerializer.Serialize(key.State, AtlasJson.Options), StringComparison.Ordinal);
    }

    private static (TriedKey Key, List<SessionOutcome> Counted) Condemned()
    {
        var key = new TriedKey();
        key.Import(Playbook("", "one"));
        var counted = new List<SessionOutcome>();
        while (!key.Trial(One).State.IsFinal && counted.Count < 400)
        {
            var (drawn, reward) = (Drawn(One, shown: counted.Count % 2 == 0), counted.Count % 2 == 0 ? 0.0 : 1);
            counted.Add(Outcome(key.Count(drawn, reward), drawn, reward));
        }

        Assert.True(key.Trial(One).State.IsFinal);
        return (key, counted);
    }

    private static void Review(TriedKey key, ReviewStatus status, SessionOutcome outcome) =>
        key.Execute(LearningKeyDecisions.Review(key.State, SessionStanding.Observed, outcome.SessionId, status, mayTeach: false, By, outcome));

    private static void AssertStored(TriedKey key)
    {
        var text = JsonSerializer.Serialize(key.State, AtlasJson.Options);
        Assert.Equal(text, JsonSerializer.Serialize(LearningKeyFold.Apply(LearningKeyState.Empty, key.Journal), AtlasJson.Options));
        Assert.Equal(text, JsonSerializer.Serialize(JsonSerializer.Deserialize<LearningKeyState>(text, AtlasJson.Options), AtlasJson.Options));
        Assert.Equal(key.Trial(One).Evidence, JsonSerializer.Deserialize<LearningKeyState>(text, AtlasJson.Options)!.Trials!.Evidence.Find("one", Sha(One))!.Evidence);
    }
}
