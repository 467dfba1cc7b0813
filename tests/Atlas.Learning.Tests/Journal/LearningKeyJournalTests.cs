using System.Collections.Immutable;
using System.Text.Json;
using Atlas.Domain;
using Atlas.Domain.Json;
using Atlas.Domain.Playbooks;
using Atlas.Learning.Journal;
using Atlas.Learning.Options;
using Atlas.Learning.Playbooks;
using CsCheck;
using Xunit;

namespace Atlas.Learning.Tests.Journal;

public sealed class LearningKeyJournalTests
{
    private static readonly Signature By = new("test", new DateTimeOffset(2026, 3, 4, 9, 0, 0, TimeSpan.Zero));
    private static readonly LearningOptions Options = new();

    [Fact]
    public void A_session_that_was_counted_leads_to_no_event() =>
        Assert.Empty(LearningKeyDecisions.Observe(
            LearningKeyState.Empty, SessionStanding.Observed, Outcome(1), teaches: true, Options, new DriftOptions(), By).Events);

    [Fact]
    public void A_session_that_teaches_waits_for_the_next_synthesis()
    {
        var key = new Key().Observe(7, teaches: true);

        Assert.Equal([7L], key.State.Pending);
        Assert.Equal(1, key.State.SessionsApplied);
        Assert.Equal(SessionStanding.Applied, key.State.StandingOf(7));
    }

    [Fact]
    public void Approving_a_session_that_waits_for_review_makes_it_teach_once()
    {
        var key = new Key().Observe(7, teaches: false).Review(7, ReviewStatus.Approved, mayTeach: true).Review(7, ReviewStatus.Approved, mayTeach: true);

        Assert.Equal([7L], key.State.Pending);
        Assert.Equal(1, key.State.SessionsApplied);
    }

    [Fact]
    public void Quarantining_a_session_before_its_synthesis_takes_it_out_again()
    {
        var key = new Key().Observe(7, teaches: true, score: 0.5).Review(7, ReviewStatus.Quarantined, mayTeach: false);

        Assert.Empty(key.State.Pending);
        Assert.Equal(0, key.State.SessionsApplied);
        Assert.Empty(key.State.Rewards.Samples);
        Assert.Equal(0, key.State.History.TotalCount);
        Assert.Equal(SessionStanding.Observed, key.State.StandingOf(7));
    }

    [Fact]
    public void Reviewing_a_session_that_was_never_counted_is_refused() =>
        Assert.Throws<RefusedException>(() => new Key().Review(99, ReviewStatus.Approved, mayTeach: true));

    [Fact]
    public void A_frozen_key_refuses_another_playbook_and_says_who_froze_it()
    {
        var key = new Key().Do(state => LearningKeyDecisions.Freeze(state, By));

        var refused = Assert.Throws<RefusedException>(() => key.Import("Look first."));

        Assert.Contains("frozen by test", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_rollback_is_a_new_version_with_the_old_content()
    {
        var key = new Key().Import("Look first.");
        var first = key.State;
        key.Import("Ask first.");

        key.Do(state => LearningKeyDecisions.Rollback(state, 1, first.Playbook, Options, By));

        Assert.Equal(3, key.State.Version);
        Assert.Equal(first.ContentSha256, key.State.ContentSha256);
        Assert.Equal("Look first.", key.State.Playbook.StudentText);
        Assert.Equal("to version 1", key.Events.OfType<PlaybookChanged>().Last().Reason);
    }

    [Fact]
    public void A_playbook_that_says_the_same_is_no_new_version() =>
        Assert.Equal(1, new Key().Import("Look first.").Import("Look first.").State.Version);

    [Fact]
    public void A_rollback_keeps_what_was_counted_meanwhile()
    {
        var entry = new PlaybookEntry { Id = "look", Audience = "student", Cue = new EntryCue { Pattern = "order" } };
        var key = new Key().Import("Look first.", entry);
        var first = key.State.Playbook;
        key.Import("Ask first.", entry).Observe(5, teaches: false);

        key.Do(state => LearningKeyDecisions.Rollback(state, 1, first, Options, By));

        Assert.Equal(1, key.State.Playbook.Entries.Single().Impact!.SessionsObserved);
    }

    [Fact]
    public void With_usage_tracking_off_a_session_counts_without_touching_the_entries()
    {
        var entry = new PlaybookEntry { Id = "look", Audience = "student", Cue = new EntryCue { Pattern = "order" } };
        var off = Options with { UsageTracking = new UsageTrackingOptions { Enabled = false } };
        var key = new Key().Import("Look first.", entry);

        key.Do(state => LearningKeyDecisions.Observe(
            state, SessionStanding.Unknown, Outcome(5, 1), teaches: false, off, new DriftOptions(), By));

        Assert.Equal(1, key.State.SessionsObserved);
        Assert.Null(key.State.Playbook.Entries.Single().Impact);
    }

    [Fact]
    public void Events_are_folded_in_order_and_without_a_gap() =>
        Assert.Throws<InvalidOperationException>(() =>
            LearningKeyFold.Apply(LearningKeyState.Empty, new KeyFrozen { Sequence = 2, At = By.At, Author = "test" }));

    /// <summary>Also through JSON: that is how both are stored.</summary>
    [Fact]
    public void Folding_the_journal_from_the_start_gives_the_current_state() =>
        Gen.Select(Gen.Int[0, 11], Gen.Long[1, 20], Gen.Double[0, 1]).List[0, 60].Sample(steps =>
        {
            var key = new Key();
            foreach (var (kind, id, score) in steps)
            {
                key.Step(kind, id, score);
            }

            var journal = key.Events
                .Select(happened => JsonSerializer.Serialize(happened, AtlasJson.Options))
                .Select(json => JsonSerializer.Deserialize<LearningKeyEvent>(json, AtlasJson.Options)!);
            var folded = LearningKeyFold.Apply(LearningKeyState.Empty, journal);
            return JsonSerializer.Serialize(folded, AtlasJson.Options) == JsonSerializer.Serialize(key.State, AtlasJson.Options);
        }, iter: 300);

    /// <summary>However often a session is told, and in whichever order the sessions come.</summary>
    [Fact]
    public void Sessions_told_in_any_order_and_with_repeats_give_the_same_impact()
    {
        var entry = new PlaybookEntry { Id = "look", Audience = "student", Cue = new EntryCue { Pattern = "order" } };
        Gen.Select(Gen.Long[1, 30], Gen.Bool, Gen.Int[0, 10]).Array[1, 80].Select(Gen.Int, (told, seed) => (told, seed)).Sample(sample =>
        {
            // What a session is like follows from its id, so that telling it again tells the same.
            var told = sample.told.Select(session => session.Item1).ToArray();
            var shuffled = told.ToArray();
            new Random(sample.seed).Shuffle(shuffled);

            var first = ImpactOf(told);
            var second = ImpactOf([.. shuffled, .. told]);
            return first.SessionsObserved == told.Distinct().Count()
                && first with { RewardWithSum = 0, RewardWithoutSum = 0, FirstObservedAt = null, LastObservedAt = null, IncidentIds = [], IncidentTags = [] }
                    == second with { RewardWithSum = 0, RewardWithoutSum = 0, FirstObservedAt = null, LastObservedAt = null, IncidentIds = [], IncidentTags = [] }
                && Math.Abs(first.RewardWithSum - second.RewardWithSum) < 1e-9
                && Math.Abs(first.RewardWithoutSum - second.RewardWithoutSum) < 1e-9;
        }, iter: 200);

        EntryImpact ImpactOf(long[] sessions)
        {
            var key = new Key().Import("Look first.", entry);
            foreach (var id in sessions)
            {
                key.Do(state => LearningKeyDecisions.Observe(state, state.StandingOf(id)!.Value, Hit(id), teaches: false, Options, new DriftOptions(), By));
            }

            return key.State.Playbook.Entries.Single().Impact!;
        }

        static SessionOutcome Hit(long id) => Outcome(id, id % 11 / 10.0) with
        {
            Usage = id % 3 == 0 ? [new EntryUsage { EntryId = "look", CueHits = (int)(id % 4) + 1, Adoptions = 1, SuccessfulAdoptions = 1 }] : [],
        };
    }

    private static SessionOutcome Outcome(long id, double? score = null) =>
        new() { SessionId = id, Score = score, StartedAt = By.At, CompletedAt = By.At };

    private sealed class Key
    {
        public LearningKeyState State { get; private set; } = LearningKeyState.Empty;

        public List<LearningKeyEvent> Events { get; } = [];

        public Key Observe(long id, bool teaches, double? score = null) => Do(state =>
            LearningKeyDecisions.Observe(state, state.StandingOf(id)!.Value, Outcome(id, score), teaches, Options, new DriftOptions(), By));

        public Key Review(long id, ReviewStatus status, bool mayTeach) => Do(state =>
            LearningKeyDecisions.Review(state, state.StandingOf(id)!.Value, id, status, mayTeach, By));

        public Key Import(string text, params ImmutableArray<PlaybookEntry> entries) => Do(state =>
            LearningKeyDecisions.Import(state, new LearnedPlaybook { StudentPreface = text, Entries = entries }, PlaybookCause.Import, Options, By));

        public Key Do<T>(Func<LearningKeyState, Decision<T>> decide)
        {
            foreach (var happened in decide(State).Events)
            {
                var numbered = happened with { Sequence = State.Revision + 1 };
                State = LearningKeyFold.Apply(State, numbered);
                Events.Add(numbered);
            }

            return this;
        }

        private ServedPlaybook Newest => new(State.Version, State.UpdatedAt, State.Playbook);

        public void Step(int kind, long id, double score)
        {
            var known = State.StandingOf(id) is not SessionStanding.Unknown;
            _ = kind switch
            {
                0 or 1 => Observe(id, teaches: kind is 0, score),
                2 when known => Review(id, ReviewStatus.Approved, mayTeach: true),
                3 when known => Review(id, ReviewStatus.Quarantined, mayTeach: false),
                4 when State.Frozen is null => Import(score < 0.5 ? "Look first." : "Ask first."),
                5 => Do(state => LearningKeyDecisions.Freeze(state, By)),
                6 => Do(state => LearningKeyDecisions.Unfreeze(state, By)),
                7 when State.Frozen is null => Do(state => StagingDecisions.Stage(state, Options, By)),
                8 when State.Frozen is null => Do(state => StagingDecisions.Unstage(state, Options, By)),
                9 when State is { Frozen: null, Pinned: null, Staging.On: true } => Do(state => StagingDecisions.Promote(state, Newest, Options, By)),
                10 when State.Frozen is null => Do(state => StagingDecisions.Pin(state, Newest, Options, By)),
                11 when State.Frozen is null => Do(state => StagingDecisions.Unpin(state, Options, By)),
                _ => this,
            };
        }
    }
}
