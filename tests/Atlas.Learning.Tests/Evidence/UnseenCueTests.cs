using System.Text.Json;
using Atlas.Domain;
using Atlas.Domain.Json;
using Atlas.Learning.Evidence;
using Atlas.Learning.Journal;
using Atlas.Learning.Tests.Journal;
using Xunit;

namespace Atlas.Learning.Tests.Evidence;

/// <summary>An entry is drawn for every session only after its cue was looked for in the tasks of twenty sessions, and did not show.</summary>
public sealed class UnseenCueTests
{
    private const string Key = "orders";
    private static readonly EvidenceOptions Options = new() { HoldoutShare = 0 };
    private static readonly TrialSubject Rare = new("rare", "aa", IsTriggered: false);

    [Fact]
    public void A_cue_that_shows_in_none_of_twenty_tasks_is_not_looked_for_any_more()
    {
        var evidence = Played(Admitted(Rare), KeyEvidence.SessionsWithoutCue - 1, Rare);
        Assert.False(Trial(evidence).InEverySession);
        Assert.True(Trial(Played(evidence, 1, Rare)).InEverySession);
    }

    [Fact]
    public void Sessions_before_a_candidate_is_admitted_do_not_look_for_its_cue()
    {
        var candidate = KeyEvidence.None.In(KeyEvidence.LatestEdition).Introduce("rare", "aa", EntryTrialState.OnTrial, isAdmitted: false, Options);
        var admitted = Played(candidate, 60, Rare).Introduce("rare", "aa", EntryTrialState.OnTrial, isAdmitted: true, Options);

        Assert.False(Trial(Played(admitted, KeyEvidence.SessionsWithoutCue - 1, Rare)).InEverySession);
    }

    [Fact]
    public void An_entry_that_waits_until_few_others_have_been_tried_keeps_its_cue()
    {
        var options = Options with { MaxOnTrial = 1 };
        TrialSubject[] subjects = [new("first", "bb", IsTriggered: true), Rare];
        var evidence = Played(Admitted(subjects), 60, options, subjects);

        Assert.False(Trial(evidence).InEverySession);
        Assert.Equal(0, Trial(evidence).Unseen);
    }

    [Fact]
    public void Sessions_that_get_nothing_or_a_version_without_the_entry_do_not_look_for_its_cue()
    {
        var evidence = Played(Played(Admitted(Rare), 60), 60, Options with { HoldoutShare = 0.999_999 }, Rare);

        Assert.Equal(60 + 60, evidence.Expectation.Sessions);
        Assert.False(Trial(evidence).InEverySession);
    }

    [Fact]
    public void A_session_that_is_taken_out_has_not_looked()
    {
        var evidence = Played(Admitted(Rare), 5, Rare);
        var drawn = Start(evidence, "order-9", Options, Rare);
        var counted = evidence.Count(drawn, 9, 1, Options).Evidence;
        var without = counted.Uncount(drawn, 9, 1, Options).Evidence;

        Assert.Equal((6, 5), (Trial(counted).Unseen, Trial(without).Unseen));
        Assert.Equal(Json(counted), Json(without.Recount(drawn, 9, 1, Options).Evidence));
        Assert.Equal(Json(counted), Json(JsonSerializer.Deserialize<KeyEvidence>(Json(counted), AtlasJson.Options)));
        Assert.Equal(drawn, JsonSerializer.Deserialize<SessionAssignment>(Json(drawn), AtlasJson.Options));
    }

    [Fact]
    public void A_trial_that_begins_anew_looks_for_the_cue_again()
    {
        var (key, entry) = (new TriedKey(), TriedKey.Entry("one"));
        key.Import(TriedKey.Playbook("", "one"));
        key.Put(key.Trial(entry) with { State = EntryTrialState.Retired, InEverySession = true, Unseen = 31 });
        var before = new SessionAssignment { Task = "task", Unseen = [new("one", TriedKey.Sha(entry))] };

        key.Execute(StandingDecisions.Try(key.State, "one", key.Options, TriedKey.By));
        key.Count(before, 1);

        Assert.Equal((EntryTrialState.OnTrial, false, 0L), (key.Trial(entry).State, key.Trial(entry).InEverySession, key.Trial(entry).Unseen));
    }

    [Fact]
    public void A_journal_from_before_is_folded_as_it_was_and_its_key_looks_again_from_the_next_session_on()
    {
        var (key, entry) = (new TriedKey(), TriedKey.Entry("one"));
        key.Execute(new Decision<bool>([new EvidenceRulesSet { Rules = key.Options.Evidence, At = Build.Now, Author = "ann" }], true));
        key.Execute(new Decision<bool>([PlaybookVersions.Next(key.State, TriedKey.Playbook("", "one"), PlaybookCause.Import, [], key.Options, TriedKey.By)], true));
        for (var session = 900; session < 900 + KeyEvidence.SessionsWithoutCue; session++)
        {
            var outcome = TriedKey.Outcome(session, new SessionAssignment { Task = "task" }, 1);
            key.Execute(new Decision<bool>([new SessionObserved { SessionId = session, Outcome = outcome, Teaches = false, RewardWindow = 50, At = Build.Now, Author = "ann" }], true));
        }

        Assert.Equal((0, true), (key.State.Trials!.Evidence.Edition, key.Trial(entry).InEverySession));

        key.Count(new SessionAssignment { Task = "task" }, 1);
        Assert.Equal((KeyEvidence.LatestEdition, false), (key.State.Trials.Evidence.Edition, key.Trial(entry).InEverySession));
        Assert.Single(key.Journal.OfType<EvidenceRulesSet>(), set => set.Edition == KeyEvidence.LatestEdition);
    }

    private static KeyEvidence Admitted(params TrialSubject[] subjects) => subjects.Aggregate(
        KeyEvidence.None.In(KeyEvidence.LatestEdition),
        (evidence, subject) => evidence.Introduce(subject.Entry, subject.Sha, EntryTrialState.OnTrial, isAdmitted: true, Options));

    private static KeyEvidence Played(KeyEvidence evidence, int sessions, params TrialSubject[] subjects) => Played(evidence, sessions, Options, subjects);

    private static KeyEvidence Played(KeyEvidence evidence, int sessions, EvidenceOptions options, params TrialSubject[] subjects)
    {
        for (var session = 0; session < sessions; session++)
        {
            var number = evidence.Expectation.Sessions;
            evidence = evidence.Count(Start(evidence, $"order-{number}", options, subjects), number, number % 2, options).Evidence;
        }

        return evidence;
    }

    private static SessionAssignment Start(KeyEvidence evidence, string unit, EvidenceOptions options, params TrialSubject[] subjects) =>
        evidence.DrawEntries(evidence.DrawArms(Key, unit, "task", options), Key, unit, subjects, limited: true, options);

    private static EntryTrial Trial(KeyEvidence evidence) => evidence.Find("rare", "aa")!;

    private static string Json<T>(T value) => JsonSerializer.Serialize(value, AtlasJson.Options);
}
