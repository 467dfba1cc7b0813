using System.Text.Json;
using Atlas.Domain.Json;
using Atlas.Learning.Evidence;
using Xunit;

namespace Atlas.Learning.Tests.Evidence;

/// <summary>The life of an entry.</summary>
public sealed class EntryTrialTests
{
    private static readonly EvidenceOptions Options = new();
    private static readonly TrialObservation Good = new(true, 0.5, 0.5, 1);
    private static readonly TrialObservation Bad = new(true, 0.5, 0.5, 0);

    [Fact]
    public void A_candidate_is_given_to_nobody_until_it_is_admitted()
    {
        var candidate = Trial();
        Assert.False(candidate.State.IsRendered);
        Assert.Null(candidate.State.WithheldShare(Options));
        Assert.Equal(EntryTrialState.OnTrial, candidate.Admit(Options).State);
        Assert.Equal(EntryTrialState.Tolerated, (Trial() with { Start = EntryTrialState.Tolerated }).Admit(Options).State);
    }

    [Fact]
    public void An_entry_that_helps_is_proven_and_withheld_seldom()
    {
        var trial = After(Trial().Admit(Options), Good, 30);
        Assert.Equal(EntryTrialState.Proven, trial.State);
        Assert.Equal(0.1, trial.State.WithheldShare(Options));
    }

    [Fact]
    public void An_entry_that_seems_to_harm_stays_suspect_until_it_is_known_to_and_never_comes_back()
    {
        var seen = new List<EntryTrialState>();
        var trial = Trial().Admit(Options);
        for (var i = 0; i < 40; i++)
        {
            trial = trial.Add(Bad, Options);
            if (seen.LastOrDefault() != trial.State)
            {
                seen.Add(trial.State);
            }
        }

        Assert.Equal([EntryTrialState.OnTrial, EntryTrialState.Suspect, EntryTrialState.Withdrawn], seen);
        trial = After(trial, Good, 300);
        Assert.Equal(EntryTrialState.Withdrawn, trial.State);
        Assert.False(trial.State.IsRendered);
        Assert.True(trial.Evidence.LogHelp() > Math.Log(100));
    }

    [Fact]
    public void Suspicion_that_passes_leads_back_to_where_the_entry_began()
    {
        foreach (var start in new[] { EntryTrialState.OnTrial, EntryTrialState.Tolerated })
        {
            var trial = (Trial() with { Start = start }).Admit(Options);
            var bad = 0;
            for (; trial.State != EntryTrialState.Suspect; bad++)
            {
                trial = trial.Add(Bad, Options);
            }

            Assert.Equal(start, trial.Add(Good, Options).Add(Good, Options).State);
            Assert.Equal(0.5, trial.State.WithheldShare(Options));
            Assert.Equal(start, trial.Remove(Bad, Options).State);
        }
    }

    [Fact]
    public void A_session_taken_out_leaves_a_final_state_and_its_own_evidence()
    {
        var trial = After(Trial().Admit(Options), Bad, 40);
        var undone = trial;
        for (var i = 0; i < 40; i++)
        {
            undone = undone.Remove(Bad, Options);
        }

        Assert.Equal(TrialEvidence.None, undone.Evidence);
        Assert.Equal(EntryTrialState.Withdrawn, undone.State);
    }

    [Fact]
    public void Sessions_chosen_to_be_taken_out_condemn_nothing_until_the_next_one_counts()
    {
        var trial = After(After(Trial().Admit(Options), Good, 12), Bad, 26);
        Assert.False(trial.State.IsFinal);
        var before = trial;
        for (var i = 0; i < 12; i++)
        {
            trial = trial.Remove(Good, Options);
        }

        Assert.Equal(EvidenceFinding.Harmful, EvidenceFindings.Of(trial.Evidence, Options));
        Assert.Equal(EntryTrialState.Suspect, trial.State);
        Assert.Equal(EntryTrialState.Withdrawn, trial.Add(Bad, Options).State);
        for (var i = 0; i < 12; i++)
        {
            trial = trial.PutBack(Good, Options);
        }

        Assert.Equal(before, trial);
    }

    [Fact]
    public void Sessions_that_end_after_an_entry_was_retired_do_not_repeat_the_last_look()
    {
        var evidence = After(After(Trial().Admit(Options), Good, 222), Bad, 278).Evidence;
        Assert.Equal(EvidenceFinding.Harmful, EvidenceFindings.Deciding(evidence, Options));
        Assert.True(evidence.LogHarm() < Math.Log(Options.Suspect * 3));
        var retired = Trial() with { State = EntryTrialState.Retired, Evidence = evidence };

        Assert.Equal(EntryTrialState.Retired, retired.Add(Bad, Options).State);
        Assert.Equal(EntryTrialState.Withdrawn, retired.Add(Bad, Options, edition: 0).State);
        Assert.Equal(EntryTrialState.Withdrawn, After(retired, Bad, 60).State);
    }

    [Fact]
    public void A_trial_is_written_and_read_again()
    {
        var trial = After(Trial().Admit(Options), Good, 3);
        var written = JsonSerializer.Serialize(trial, AtlasJson.Options);
        Assert.Equal(trial, JsonSerializer.Deserialize<EntryTrial>(written, AtlasJson.Options));
        Assert.Contains("\"state\":\"on_trial\"", written, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"harm":"0 0 0 0","sums":"0 0 0 0 0","counts":""}""", "help")]
    [InlineData("""{"help":"0 0 0","harm":"0 0 0 0","sums":"0 0 0 0 0","counts":""}""", "3 numbers in \"help\"; expected 4")]
    [InlineData("""{"help":"0 0 0 NaN","harm":"0 0 0 0","sums":"0 0 0 0 0","counts":""}""", "should be a number")]
    [InlineData("""{"help":"0 0 0 0","harm":"0 0 0 0","sums":"0 0 0 0 0","counts":"500"}""", "500:31/29")]
    [InlineData("[]", "help")]
    public void Evidence_that_is_damaged_is_refused_with_a_sentence(string written, string part)
    {
        var error = Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<TrialEvidence>(written, AtlasJson.Options));
        Assert.Contains(part, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 0.5, 0.5)]
    [InlineData(1, 0.5, 0.5)]
    [InlineData(double.NaN, 0.5, 0.5)]
    [InlineData(0.5, -0.1, 0.5)]
    [InlineData(0.5, 0.5, 1.1)]
    [InlineData(0.5, 0.5, double.NaN)]
    public void An_observation_outside_its_ranges_is_refused(double p, double m, double y) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new TrialObservation(true, p, m, y));

    [Theory]
    [InlineData(0.4, false, 0.4)]
    [InlineData(0.4, true, 0.4)]
    [InlineData(null, true, 0d)]
    [InlineData(null, false, null)]
    [InlineData(double.NaN, false, null)]
    [InlineData(1.5, false, 1d)]
    public void A_session_that_failed_without_a_reward_counts_as_nothing_gained(double? score, bool failed, double? counted) =>
        Assert.Equal(counted, TrialObservation.CountedReward(score, failed));

    private static EntryTrial Trial() => new() { Entry = "rule", Sha = "00" };

    private static EntryTrial After(EntryTrial trial, TrialObservation observation, int times) =>
        Enumerable.Repeat(observation, times).Aggregate(trial, (current, session) => current.Add(session, Options));
}
