using System.Text.Json;
using Atlas.Domain;
using Atlas.Domain.Json;
using Atlas.Learning.Evidence;
using Atlas.Learning.Forgetting;
using Atlas.Learning.Journal;
using Atlas.Learning.Tests.Journal;
using Xunit;
using static Atlas.Learning.Tests.Journal.TriedKey;

namespace Atlas.Learning.Tests.Forgetting;

/// <summary>A journal without what is to be forgotten.</summary>
public sealed class JournalRewriteTests
{
    [Fact]
    public void With_nothing_to_forget_a_journal_stays_as_it_is_to_the_last_byte()
    {
        var key = Canary();
        key.RunUntilOver(isNew => isNew ? 0 : 1);
        key.Synthesize("task", new { id = "learned", audience = "student", cue = new { type = "keyword", pattern = "refund" }, action = new { imperative = "Look first" } });

        var rewrite = Of(key, new ForgetOrder([], "no such text"));

        Assert.Empty(rewrite.Changed);
        Assert.Equal(Text(key.State), Text(rewrite.State));
    }

    [Fact]
    public void The_key_is_what_it_would_be_had_a_forgotten_session_never_been_counted()
    {
        var (key, without) = (new TriedKey(), new TriedKey());
        foreach (var each in (TriedKey[])[key, without])
        {
            each.Import(Playbook("", "one"));
            each.Count(Drawn(Entry("one"), shown: true), 0.75);
        }

        var forgotten = key.Count(Drawn(Entry("one"), shown: false), 0.25);
        var (state, expected) = (Of(key, new ForgetOrder([forgotten])).State, without.State);

        Assert.Equal(Text(expected with { Revision = 0 }), Text(state with { Revision = 0 }));
    }

    [Fact]
    public void What_a_person_wrote_stays_whoever_it_is_about_until_it_is_the_text_itself_that_goes()
    {
        var key = new TriedKey();
        key.Import(Playbook("Ask Ada.\nStay calm.", "one"));
        key.Import(Playbook("Ask Ada.\nStay calm.", "one", "two"));
        var session = key.Count(Drawn(Entry("one"), shown: true), 1);

        Assert.Equal(["one", "two"], Of(key, new ForgetOrder([session])).State.Playbook.Entries.Select(entry => entry.Id));
        var rewrite = Of(key, new ForgetOrder([], "ada"));
        Assert.Equal("Stay calm.", rewrite.State.Playbook.StudentPreface);
        Assert.Equal(["one", "two"], rewrite.State.Playbook.Entries.Select(entry => entry.Id));
        Assert.DoesNotContain("Ask Ada", string.Concat(rewrite.Events.Select(Text)), StringComparison.Ordinal);
        Assert.Equal(["two"], Of(key, new ForgetOrder([], "do one")).State.Playbook.Entries.Select(entry => entry.Id));
    }

    [Fact]
    public void A_session_that_was_forgotten_is_neither_counted_nor_rewarded_nor_reviewed_again()
    {
        var key = new TriedKey();
        key.Execute(new Decision<bool>([new SessionsForgotten { SessionIds = [7], At = By.At, Author = By.Author }], true));
        var before = Text(key.State);
        var outcome = Outcome(7, Drawn(Entry("one"), shown: true), 1);

        key.Execute(LearningKeyDecisions.Observe(key.State, SessionStanding.Unknown, outcome, teaches: true, key.Options, new(), By));
        key.Execute(LateRewardDecisions.Reward(key.State, SessionStanding.Observed, isKnown: false, outcome, teaches: true, key.Options, new(), By));
        key.Execute(LearningKeyDecisions.Review(key.State, SessionStanding.Unknown, 7, ReviewStatus.Approved, mayTeach: true, By, outcome));

        Assert.Equal(before, Text(key.State));
    }

    [Fact]
    public void An_entry_that_was_merged_into_another_loses_as_much_as_one_that_stayed()
    {
        var (key, entry) = (new TriedKey(), Entry("two"));
        key.Import(Playbook("") with
        {
            Entries = [Entry("one"), entry with { Provenance = (entry.Provenance ?? new()) with { SourceSessionId = 7, TeacherGuidanceDigest = "a1b2c3" } }],
        });
        key.Execute(MeaningDecisions.Merge(key.State, "one", "two", key.Options, By));

        var rewrite = Of(key, new ForgetOrder([7]));

        Assert.Null(Assert.Single(rewrite.State.Merged!.Value).Gone.Provenance!.SourceSessionId);
        Assert.DoesNotContain("a1b2c3", string.Concat(rewrite.Events.Select(Text)), StringComparison.Ordinal);
        Assert.Null(Of(key, new ForgetOrder([], "do two")).State.Merged);
    }

    [Fact]
    public void A_withdrawn_entry_stays_withdrawn_when_sessions_that_showed_its_harm_are_forgotten()
    {
        var (key, entry) = (Imported(), Entry("one"));
        var sessions = new List<long>();
        while (!key.Trial(entry).State.IsFinal)
        {
            sessions.Add(Harmful(key, sessions.Count));
        }

        var state = key.Trial(entry).State;
        var rewrite = Of(key, new ForgetOrder([.. sessions.Take(sessions.Count / 2)]));

        Assert.Equal(state, StateOf(rewrite.State));
        Assert.Equal(state, Assert.Single(rewrite.State.Trials!.Condemned).State);
        Assert.Equal(Text(rewrite.State), Text(LearningKeyFold.Apply(LearningKeyState.Empty, rewrite.Events)));
        Assert.Contains(rewrite.Events.OfType<EntriesJudged>().Last().Sequence, rewrite.Changed);
        Assert.Empty(ForgettingDecisions.Conclude(key.State, rewrite, [1], key.Options, By).Events.OfType<EntriesJudged>());
    }

    [Fact]
    public void An_entry_that_a_person_tried_anew_stays_on_trial_when_sessions_that_condemned_it_are_forgotten()
    {
        var (key, entry) = (Imported(), Entry("one"));
        var sessions = new List<long>();
        while (!key.Trial(entry).State.IsFinal)
        {
            sessions.Add(Harmful(key, sessions.Count));
        }

        key.Execute(StandingDecisions.Try(key.State, "one", key.Options, By));
        var rewrite = Of(key, new ForgetOrder([.. sessions.Take(sessions.Count / 2)]));

        var trial = rewrite.State.Trials!.Evidence.Find("one", Sha(entry))!;
        Assert.Equal((EntryTrialState.OnTrial, 0L, key.Trial(entry).Number), (trial.State, trial.Evidence.Sessions, trial.Number));
        Assert.Empty(rewrite.State.Trials.Condemned);
    }

    [Fact]
    public void An_entry_that_only_forgotten_sessions_spoke_for_is_condemned_with_a_record()
    {
        var (key, other, entry) = (Imported(), Imported(), Entry("one"));
        var praise = Enumerable.Range(0, 8).Select(count => key.Count(Drawn(entry, shown: count % 2 == 0), count % 2 == 0 ? 1 : 0)).ToList();
        for (var count = 0; !other.Trial(entry).State.IsFinal; count++)
        {
            Harmful(other, count);
            Harmful(key, count);
        }

        Assert.False(key.Trial(entry).State.IsFinal);
        var rewrite = Of(key, new ForgetOrder([.. praise]));
        var (events, after) = ForgettingDecisions.Conclude(key.State, rewrite, [.. praise], key.Options, By);

        var judged = Assert.Single(Assert.Single(events.OfType<EntriesJudged>()).Entries);
        Assert.Equal((key.Trial(entry).State, other.Trial(entry).State), (judged.Change.From, judged.Change.To));
        Assert.Equal(Atlas.Learning.Injection.EntryWords.Of(entry), Assert.Single(after.Trials!.Condemned).Words);
    }

    private static TriedKey Imported()
    {
        var key = new TriedKey();
        key.Import(Playbook("", "one"));
        return key;
    }

    private static long Harmful(TriedKey key, int count) => key.Count(Drawn(Entry("one"), shown: count % 2 == 0), count % 2 == 0 ? 0 : 1);

    private static EntryTrialState StateOf(LearningKeyState state) => state.Trials!.Evidence.Find("one", Sha(Entry("one")))!.State;

    private static JournalRewrite Of(TriedKey key, ForgetOrder order) => JournalRewrite.Of("", [.. key.Journal], order, key.Options);

    private static string Text<T>(T value) => JsonSerializer.Serialize(value, AtlasJson.Options);
}
