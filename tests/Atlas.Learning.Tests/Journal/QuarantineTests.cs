using System.Text.Json;
using Atlas.Domain;
using Atlas.Domain.Json;
using Atlas.Learning.Evidence;
using Atlas.Learning.Journal;
using Atlas.Learning.Options;
using Xunit;
using static Atlas.Learning.Tests.Journal.TriedKey;

namespace Atlas.Learning.Tests.Journal;

/// <summary>Sessions that a person takes out of the evidence and puts back, whenever that happens.</summary>
public sealed class QuarantineTests
{
    private const long Session = 500;
    private static readonly DriftOptions Drift = new() { Enabled = false };

    [Fact]
    public void A_session_quarantined_before_it_is_counted_is_no_evidence_until_it_is_approved()
    {
        var (key, other, drawn) = (Tried(), Tried(), Drawn(Entry("one"), shown: false));
        var before = Evidence(key);
        Observe(key, Outcome(Session, drawn, 0.25) with { Quarantined = true });

        Assert.Equal((before, 3L), (Evidence(key), key.State.SessionsObserved));
        Assert.Equal(other.State.History, key.State.History);
        Assert.Empty(Review(key, ReviewStatus.Quarantined, Outcome(Session, drawn, 0.25)));

        Review(key, ReviewStatus.Approved, Outcome(Session, drawn, 0.25));
        Observe(other, Outcome(Session, drawn, 0.25));
        Assert.Equal(Evidence(other), Evidence(key));

        Review(key, ReviewStatus.Quarantined, Outcome(Session, drawn, 0.25));
        Assert.Equal(before, Evidence(key));
        AssertFolded(key);
    }

    [Fact]
    public void A_quarantined_session_ends_no_trial()
    {
        var (key, other) = (Canary(), Canary());
        other.RunUntilOver(isNew => isNew ? 0 : 1);
        var sessions = other.Journal.OfType<SessionObserved>().ToList();
        foreach (var session in sessions[..^1])
        {
            Observe(key, session.Outcome);
        }

        Observe(key, sessions[^1].Outcome with { Quarantined = true });
        Assert.NotNull(key.State.Trials!.Evidence.Canary);
        Assert.Empty(key.Journal.OfType<CanaryConcluded>());
    }

    [Fact]
    public void A_late_reward_of_a_session_quarantined_meanwhile_takes_out_what_it_was_counted_with()
    {
        var (key, other, drawn) = (Tried(), Tried(), Drawn(Entry("one"), shown: true));
        var (before, failed) = (Evidence(key), Outcome(Session, drawn, 0) with { Score = null, Failed = true });
        Observe(key, failed);
        Assert.NotEqual(before, Evidence(key));

        Reward(key, failed with { Score = 0.9, Quarantined = true });
        Assert.Equal(before, Evidence(key));

        Review(key, ReviewStatus.Approved, failed with { Score = 0.9 });
        Observe(other, failed with { Score = 0.9 });
        Assert.Equal(Evidence(other), Evidence(key));
        AssertFolded(key);
    }

    [Fact]
    public void What_was_never_counted_is_not_taken_out_however_long_ago_that_was()
    {
        var (key, drawn) = (Tried(), Drawn(Entry("one"), shown: true));
        Observe(key, Outcome(10, drawn, 1) with { Assignment = null });
        Scatter(key, quarantined: false);
        Assert.Null(key.State.Trials!.StandingOf(10));

        var before = Evidence(key);
        Assert.Empty(Review(key, ReviewStatus.Quarantined, Outcome(10, drawn, 1)));
        Assert.Equal(before, Evidence(key));
    }

    [Fact]
    public void A_session_is_taken_out_and_put_back_once_however_many_are_quarantined()
    {
        var (key, other, outcome) = (Tried(), Tried(), Outcome(10, Drawn(Entry("one"), shown: true), 0.25));
        Observe(key, outcome);
        Review(key, ReviewStatus.Quarantined, outcome);
        Scatter(key, quarantined: true);
        Scatter(other, quarantined: true);
        Assert.Null(key.State.Trials!.StandingOf(10));

        Assert.Empty(Review(key, ReviewStatus.Quarantined, outcome));
        Assert.Equal(Evidence(other), Evidence(key));
        Review(key, ReviewStatus.Approved, outcome);
        Assert.Empty(Review(key, ReviewStatus.Approved, outcome));
        Observe(other, outcome);
        Assert.Equal(Evidence(other), Evidence(key));
        AssertFolded(key);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void The_late_reward_of_a_session_from_long_ago_replaces_what_it_was_counted_with(bool counted, bool quarantined)
    {
        var (key, other, failed) = (Tried(), Tried(), Outcome(10, Drawn(Entry("one"), shown: true), 0) with { Score = null, Failed = true });
        Observe(key, counted ? failed : failed with { Assignment = null });
        if (quarantined)
        {
            Review(key, ReviewStatus.Quarantined, failed);
        }

        Scatter(key, quarantined);
        Scatter(other, quarantined);
        Reward(key, failed with { Score = 0.9, Quarantined = quarantined });
        if (!quarantined)
        {
            Observe(other, failed with { Score = 0.9 });
        }

        Assert.Equal(Evidence(other), Evidence(key));
        AssertFolded(key);
    }

    [Fact]
    public void The_late_reward_of_a_counted_session_counts_although_its_author_has_reached_the_share()
    {
        var options = new LearningOptions { AuthorShare = 0.5 };
        var (key, other) = (Tried(options), Tried(options));
        var (before, failed) = (Evidence(key), Outcome(Session, Drawn(Entry("one"), shown: true) with { Author = "a" }, 0) with { Score = null, Failed = true });
        Observe(key, failed);
        Observe(other, failed with { Score = 0.9 });
        foreach (var each in new[] { key, other })
        {
            foreach (var (author, number) in "bcaa".Select((author, at) => (author.ToString(), Session + 1 + at)))
            {
                Observe(each, Outcome(number, new SessionAssignment { Task = "task", Author = author }, 1));
            }
        }

        Assert.Null(AuthorLimit.Limited(key.State.Trials, failed, options).Assignment);
        Reward(key, failed with { Score = 0.9 });
        Assert.Equal(Evidence(other), Evidence(key));

        Review(key, ReviewStatus.Quarantined, failed with { Score = 0.9 });
        Assert.Equal(before, Evidence(key));
    }

    /// <summary>Counts so many sessions with gaps between them that the key's memory of earlier ones is full.</summary>
    private static void Scatter(TriedKey key, bool quarantined)
    {
        for (var number = 1; number <= 150; number++)
        {
            var outcome = Outcome(Session + (2 * number), Drawn(Entry("one"), shown: number % 2 == 0), 0.5);
            Observe(key, outcome);
            if (quarantined)
            {
                Review(key, ReviewStatus.Quarantined, outcome);
            }
        }
    }

    private static TriedKey Tried(LearningOptions? options = null)
    {
        var key = new TriedKey { Options = options ?? new() };
        key.Import(Playbook("", "one"));
        key.Count(Drawn(Entry("one"), shown: true), 1);
        key.Count(Drawn(Entry("one"), shown: false), 0.5);
        return key;
    }

    private static void Observe(TriedKey key, SessionOutcome outcome) =>
        key.Execute(LearningKeyDecisions.Observe(key.State, SessionStanding.Unknown, outcome, teaches: false, key.Options, Drift, By));

    private static void Reward(TriedKey key, SessionOutcome outcome) =>
        key.Execute(LateRewardDecisions.Reward(key.State, SessionStanding.Observed, isKnown: false, outcome, teaches: false, key.Options, Drift, By, Recorded(key, outcome.SessionId)));

    private static IEnumerable<LearningKeyEvent> Review(TriedKey key, ReviewStatus status, SessionOutcome outcome)
    {
        var decision = LearningKeyDecisions.Review(key.State, SessionStanding.Observed, outcome.SessionId, status, mayTeach: false, By, outcome, Recorded(key, outcome.SessionId));
        key.Execute(decision);
        return decision.Events;
    }

    private static CountedEvidence? Recorded(TriedKey key, long session) => CountedEvidence.Of(key.Journal.Where(happened => happened switch
    {
        SessionObserved observed => observed.SessionId == session,
        SessionRewarded rewarded => rewarded.SessionId == session,
        SessionReviewed reviewed => reviewed.SessionId == session,
        _ => false,
    }));

    // Everything but the alarm, which looks at sessions in their order, and the number of the last session that a task was ever seen in.
    private static string Evidence(TriedKey key) => JsonSerializer.Serialize(
        key.State.Trials!.Evidence with { Watch = RegressionWatch.Start, Expectation = TaskExpectation.None }, AtlasJson.Options);

    private static void AssertFolded(TriedKey key) => Assert.Equal(
        JsonSerializer.Serialize(key.State, AtlasJson.Options), JsonSerializer.Serialize(LearningKeyFold.Apply(LearningKeyState.Empty, key.Journal), AtlasJson.Options));
}
