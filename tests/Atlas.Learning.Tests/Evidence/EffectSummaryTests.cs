using Atlas.Learning.Evidence;
using CsCheck;
using Xunit;

namespace Atlas.Learning.Tests.Evidence;

/// <summary>What reports say of an effect, who may be tried, and in which order sessions count.</summary>
public sealed class EffectSummaryTests
{
    private static readonly EvidenceOptions Options = new() { Prove = 20 };

    [Fact]
    public void Verdict_and_bounds_always_agree() =>
        Gen.Select(Gen.Int[0, 150], Gen.Double[0, 1], Gen.Double[0, 1], Gen.Int).Sample((sessions, with, without, seed) =>
        {
            var random = new Random(seed);
            var evidence = TrialEvidence.None;
            for (var i = 0; i < sessions; i++)
            {
                var shown = random.Next(2) == 0;
                evidence = evidence.Add(new(shown, 0.5, 0.5, random.NextDouble() < (shown ? with : without) ? 1 : 0));
            }

            var summary = EffectSummary.Of(evidence, 0.5, Options);
            return summary.Confidence == 0.9
                && (summary.Verdict is EffectVerdict.AssignmentBroken
                    || ((summary.Verdict is EffectVerdict.Helps) == (summary.Bounds.Low >= -1e-12)
                        && (summary.Verdict is EffectVerdict.Hurts) == (summary.Bounds.High <= 1e-12)
                        && (summary.Verdict is EffectVerdict.NotEnoughEvidence || summary.Missing == 0)));
        });

    [Fact]
    public void Without_a_session_it_says_how_many_are_missing()
    {
        var summary = EffectSummary.Of(TrialEvidence.None, 0.1, Options);
        Assert.Equal((null, EffectVerdict.NotEnoughEvidence, 514), (summary.Effect, summary.Verdict, summary.Missing));
        Assert.Equal(new ConfidenceSequence(-1, 1), summary.Bounds);
    }

    [Fact]
    public void A_broken_assignment_has_no_verdict()
    {
        var evidence = Enumerable.Range(0, 200).Aggregate(TrialEvidence.None, (sum, _) => sum.Add(new(true, 0.5, 0.5, 1)));
        Assert.Equal(EffectVerdict.AssignmentBroken, EffectSummary.Of(evidence, 0.5, Options).Verdict);
    }

    [Fact]
    public void Sessions_of_one_task_are_one_voice()
    {
        var support = CandidateSupport.None.With([(1, "a"), (2, "a")]);
        Assert.False(support.Reaches(2));
        Assert.True(support.With([(3, "b")]).Reaches(2));
        Assert.False(support.With([(1, "a")]).Reaches(2));
        Assert.True(CandidateSupport.None.With([(1, null), (2, null)]).Reaches(2));
        Assert.Equal(CandidateSupport.Kept, CandidateSupport.None.With(Enumerable.Range(0, 100).Select(i => ((long)i, (string?)null))).Tasks.Length);
    }
}
