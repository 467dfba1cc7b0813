using Atlas.Domain;
using System.Text.Json;
using Atlas.Domain.Json;
using Atlas.Learning.Evidence;
using Xunit;

namespace Atlas.Learning.Tests.Evidence;

/// <summary>All trials of one key, from the start of a session to its count.</summary>
public sealed class KeyEvidenceTests
{
    private const string Key = "orders";
    private static readonly EvidenceOptions Options = new() { HoldoutShare = 0 };
    private static readonly TrialSubject[] Three = [new("harmful", "aa", true), new("helpful", "bb", true), new("useless", "cc", true)];

    [Fact]
    public void A_start_that_is_repeated_draws_the_same()
    {
        var evidence = OnTrial(Three);
        var first = Start(evidence, "order-1", Three);
        Assert.Equal(Json(first), Json(Start(evidence, "order-1", Three)));
        Assert.Contains(Enumerable.Range(0, 50), i => Json(Start(evidence, $"order-{i}", Three)) != Json(first));
        Assert.Equal(Json(first), Json(JsonSerializer.Deserialize<SessionAssignment>(Json(first), AtlasJson.Options)));
    }

    [Fact]
    public void Entries_are_withheld_independently_of_each_other()
    {
        var evidence = OnTrial(Three);
        var starts = Enumerable.Range(0, 4000).Select(i => Start(evidence, TrialDraw.Unit(null, i), Three)).ToList();
        Assert.InRange(starts.Count(start => !start.IsGiven("harmful")), 1850, 2150);
        Assert.InRange(starts.Count(start => !start.IsGiven("harmful") && !start.IsGiven("helpful")), 880, 1120);
        Assert.All(starts, start => Assert.All(start.Entries, drawn => Assert.Equal((0.5, drawn.Shown), (drawn.P, start.IsGiven(drawn.Entry)))));
    }

    [Fact]
    public void An_entry_whose_cue_does_not_fire_is_given_and_not_drawn()
    {
        var subjects = new[] { Three[0] with { IsTriggered = false }, Three[1] };
        var start = Start(OnTrial(subjects), "order-1", subjects);
        Assert.True(start.IsGiven("harmful"));
        Assert.Equal("helpful", Assert.Single(start.Entries).Entry);
    }

    [Fact]
    public void A_candidate_and_a_final_entry_are_given_to_nobody_and_words_without_a_trial_to_everybody()
    {
        var evidence = KeyEvidence.None
            .Introduce("harmful", "aa", EntryTrialState.OnTrial, isAdmitted: false, Options)
            .Put(new EntryTrial { Entry = "helpful", Sha = "bb", State = EntryTrialState.Withdrawn });
        var start = Start(evidence, "order-1", Three);
        Assert.Equal((false, false, true), (start.IsGiven("harmful"), start.IsGiven("helpful"), start.IsGiven("useless")));
        Assert.Empty(start.Entries);
    }

    [Fact]
    public void Withdrawn_words_do_not_come_back_under_another_id()
    {
        var evidence = KeyEvidence.None
            .Put(new EntryTrial { Entry = "old", Sha = "aa", State = EntryTrialState.Withdrawn })
            .Introduce("new", "aa", EntryTrialState.Tolerated, isAdmitted: true, Options)
            .Introduce("old", "bb", EntryTrialState.OnTrial, isAdmitted: true, Options);
        Assert.Equal(EntryTrialState.Withdrawn, evidence.Find("new", "aa")!.State);
        Assert.Equal(EntryTrialState.OnTrial, evidence.Find("old", "bb")!.State);
        Assert.Null(evidence.Find("new", "bb"));
    }

    [Fact]
    public void Words_that_come_back_find_their_evidence()
    {
        var evidence = Played(OnTrial(Three), 200, seed: 5).Evidence;
        var before = Json(evidence);
        Assert.Equal(before, Json(evidence.Introduce("helpful", "bb", EntryTrialState.Tolerated, isAdmitted: true, Options)));
        var trial = evidence.Find("helpful", "bb")!;
        Assert.Equal(before, Json(evidence.Rest("helpful", "bb").Put(trial)));
    }

    [Fact]
    public void Where_few_may_vary_the_others_are_given_if_they_stand_well_and_kept_back_if_not()
    {
        var evidence = KeyEvidence.None
            .Put(new EntryTrial { Entry = "a", Sha = "a", State = EntryTrialState.Proven })
            .Put(new EntryTrial { Entry = "b", Sha = "b", State = EntryTrialState.Tolerated })
            .Put(new EntryTrial { Entry = "c", Sha = "c", State = EntryTrialState.OnTrial })
            .Put(new EntryTrial { Entry = "d", Sha = "d", State = EntryTrialState.Suspect })
            .Put(new EntryTrial { Entry = "e", Sha = "e", State = EntryTrialState.OnTrial });
        TrialSubject[] subjects = [.. "abcde".Select(letter => new TrialSubject($"{letter}", $"{letter}", true))];
        var options = Options with { MaxOnTrial = 2 };
        var starts = Enumerable.Range(0, 64).Select(i => evidence.DrawEntries(evidence.DrawArms(Key, $"{i}", null, options), Key, $"{i}", subjects, limited: true, options)).ToList();
        Assert.All(starts, start => Assert.Equal(["c", "d"], start.Entries.Select(drawn => drawn.Entry)));
        Assert.All(starts, start => Assert.True(start.IsGiven("a") && start.IsGiven("b") && !start.IsGiven("e")));
        Assert.Equal(4, starts.Select(start => string.Concat(subjects.Where(subject => start.IsGiven(subject.Entry)).Select(subject => subject.Entry))).Distinct().Count());
    }

    [Fact]
    public void Switched_off_nothing_is_drawn_and_what_was_condemned_stays_away()
    {
        var evidence = OnTrial(Three).Put(new EntryTrial { Entry = "harmful", Sha = "aa", State = EntryTrialState.Withdrawn });
        var options = new EvidenceOptions { Enabled = false };
        var start = evidence.DrawEntries(evidence.DrawArms(Key, "order-1", "t", options), Key, "order-1", Three, limited: true, options);
        Assert.Null(start.Holdout);
        Assert.Empty(start.Entries);
        Assert.Equal((false, true, true), (start.IsGiven("harmful"), start.IsGiven("helpful"), start.IsGiven("useless")));
    }

    [Fact]
    public void A_held_out_session_is_given_nothing_and_judges_learning_only()
    {
        var options = new EvidenceOptions { HoldoutShare = 0.5 };
        var evidence = OnTrial(Three) with { Canary = CanaryTrial.Offer(null, new(1, "x", true), new(2, "y", false)) };
        var starts = Enumerable.Range(0, 400).Select(i => evidence.DrawEntries(evidence.DrawArms(Key, $"{i}", null, options), Key, $"{i}", Three, limited: false, options)).ToList();
        Assert.InRange(starts.Count(start => start.IsHeldOut), 160, 240);
        Assert.All(starts, start => Assert.Equal(start.IsHeldOut, start.Canary is null));
        var held = starts.First(start => start.IsHeldOut);
        Assert.All(Three, subject => Assert.False(held.IsGiven(subject.Entry)));
        var counted = evidence.Count(held, 1, 1, options).Evidence;
        Assert.Equal(1, counted.Learning.Held);
        Assert.All(counted.Entries, trial => Assert.False(trial.WasTried));
    }

    [Fact]
    public void Sessions_of_a_trial_that_is_over_do_not_count_in_the_next()
    {
        var evidence = KeyEvidence.None with { Canary = CanaryTrial.Offer(null, new(1, "x", true), new(2, "y", false)) };
        var start = evidence.DrawArms(Key, "order-1", null, Options);
        Assert.Equal(1, evidence.Count(start, 1, 1, Options).Evidence.Canary!.Evidence.Sessions);
        var next = evidence with { Canary = CanaryTrial.Offer(null, new(2, "y", true), new(3, "z", false)) };
        Assert.Equal(0, next.Count(start, 1, 1, Options).Evidence.Canary!.Evidence.Sessions);
    }

    [Fact]
    public void Sessions_taken_out_and_put_back_leave_the_same_bytes()
    {
        const int Seed = 11;
        var (evidence, sessions) = Played(OnTrial(Three), 150, Seed);
        var before = Json(evidence);
        var random = new Random(Seed);
        var taken = sessions.Where(_ => random.Next(4) == 0).ToArray();
        foreach (var session in taken)
        {
            evidence = evidence.Uncount(session.Assignment, session.Number, session.Reward, Options).Evidence;
        }

        Assert.NotEqual(before, Json(evidence));
        random.Shuffle(taken);
        foreach (var session in taken)
        {
            evidence = evidence.Recount(session.Assignment, session.Number, session.Reward, Options).Evidence;
        }

        Assert.True(before == Json(evidence), $"seed {Seed}");
        Assert.Equal(before, Json(JsonSerializer.Deserialize<KeyEvidence>(before, AtlasJson.Options)));
    }

    [Fact]
    public void Of_a_harmful_a_useless_and_a_helpful_entry_only_the_harmful_one_is_withdrawn_and_it_is_in_no_later_prompt()
    {
        var keys = Simulation.Runs(20, 200, random => Played(OnTrial(Three), 900, random.Next()));
        var withdrawn = keys.Count(key => key.Evidence.Find("harmful", "aa")!.State is EntryTrialState.Retired or EntryTrialState.Withdrawn);
        var proven = keys.Count(key => key.Evidence.Find("helpful", "bb")!.State is EntryTrialState.Proven);
        var said = $"Of {keys.Length} keys the harmful entry is gone in {withdrawn}, the helpful one proven in {proven}; ATLAS_SEED={Simulation.Seed}";
        Assert.True(withdrawn >= 0.95 * keys.Length && proven >= 0.95 * keys.Length, said);
        Assert.All(keys, key => Assert.NotEqual(EntryTrialState.Withdrawn, key.Evidence.Find("helpful", "bb")!.State));
        Assert.True(keys.Count(key => key.Evidence.Find("useless", "cc")!.State is EntryTrialState.Withdrawn) <= Simulation.Most(keys.Length, 0.01), said);
    }

    [Fact]
    public void With_fifty_entries_on_trial_and_a_thousand_tasks_the_state_stays_small()
    {
        TrialSubject[] subjects = [.. Enumerable.Range(0, 50).Select(i => new TrialSubject($"offline-{i:x12}", $"{i:x64}", true))];
        var evidence = OnTrial(subjects);
        var sizes = new List<int>();
        for (var i = 0; i < 3000; i++)
        {
            var task = TaskIdentity.Of(default, $"task {i % 1000}");
            var start = evidence.DrawEntries(evidence.DrawArms(Key, $"{i}", task, Options), Key, $"{i}", subjects, limited: false, Options);
            evidence = evidence.Count(start, i, i * 7919 % 100 / 100d, Options).Evidence;
            if (i % 1000 == 999)
            {
                sizes.Add(Json(evidence).Length);
            }
        }

        Assert.All(sizes, size => Assert.InRange(size, 10_000, 60_000));
        Assert.InRange(sizes[2] - sizes[1], -1500, 1500);
    }

    /// <summary>Plays sessions whose success rate the entries change by −20, +20 and 0 points.</summary>
    private static (KeyEvidence Evidence, List<(SessionAssignment Assignment, long Number, double Reward)> Sessions) Played(KeyEvidence evidence, int count, int seed)
    {
        var random = new Random(seed);
        var key = $"orders-{seed}";
        var sessions = new List<(SessionAssignment Assignment, long Number, double Reward)>();
        var gone = new HashSet<string>();
        for (var i = 0; i < count; i++)
        {
            var (unit, task) = (TrialDraw.Unit(null, i), random.Next(20));
            var start = evidence.DrawEntries(evidence.DrawArms(key, unit, $"{task}", Options), key, unit, Three, limited: true, Options);
            Assert.DoesNotContain(gone, start.IsGiven);
            var rate = Simulation.Mixed(task) + (start.IsGiven("harmful") ? -0.2 : 0) + (start.IsGiven("helpful") ? 0.2 : 0);
            var reward = Simulation.Reward(random, rate);
            var step = evidence.Count(start, i, reward, Options);
            gone.UnionWith(step.Changes.Where(change => change.To.IsFinal).Select(change => change.Entry));
            evidence = step.Evidence;
            sessions.Add((start, i, reward));
        }

        return (evidence, sessions);
    }

    private static KeyEvidence OnTrial(IEnumerable<TrialSubject> subjects) => subjects.Aggregate(
        KeyEvidence.None, (evidence, subject) => evidence.Introduce(subject.Entry, subject.Sha, EntryTrialState.OnTrial, isAdmitted: true, Options));

    private static SessionAssignment Start(KeyEvidence evidence, string unit, TrialSubject[] subjects) =>
        evidence.DrawEntries(evidence.DrawArms(Key, unit, "task", Options), Key, unit, subjects, limited: true, Options);

    private static string Json<T>(T value) => JsonSerializer.Serialize(value, AtlasJson.Options);
}
