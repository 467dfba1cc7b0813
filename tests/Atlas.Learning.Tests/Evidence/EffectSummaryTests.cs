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
        var support = CandidateSupport.None.With([(1, "a", null), (2, "a", null)]);
        Assert.False(support.Reaches(2));
        Assert.True(support.With([(3, "b", null)]).Reaches(2));
        Assert.False(support.With([(1, "a", null)]).Reaches(2));
        Assert.True(CandidateSupport.None.With([(1, null, null), (2, null, null)]).Reaches(2));
        Assert.Equal(CandidateSupport.Kept, CandidateSupport.None.With(Enumerable.Range(0, 100).Select(i => ((long)i, (string?)null, (string?)null))).Tasks.Length);
    }

    [Fact]
    public void A_quarantined_session_is_no_voice_until_the_quarantine_is_lifted()
    {
        var support = CandidateSupport.None.With([(1, "a", "ann"), (2, "b", null), (3, "b", null)]);
        Assert.True(support.Reviewed(2, isOut: true).Reaches(2));
        Assert.False(support.Reviewed(2, isOut: true).Reviewed(3, isOut: true).Reaches(2));
        Assert.Equal(["b"], support.Reviewed(1, isOut: true).Counted);
        Assert.True(support.Reviewed(1, isOut: true).Reviewed(1, isOut: false).IsSame(support));
        Assert.Same(support, support.Reviewed(4, isOut: true));

        // Another session of the same task and author counts, and what two candidates know of a session adds up.
        Assert.True(support.Reviewed(1, isOut: true).With([(5, "a", "ann")]).Reaches(2));
        Assert.False(CandidateSupport.None.With([(2, "b", null)]).With(support.Reviewed(1, isOut: true)).Reaches(2));

        // Whose sessions an older state did not keep cannot be told.
        Assert.True(new CandidateSupport { Tasks = ["a", "b"] }.With([(1, "a", null)]).Reviewed(1, isOut: true).Reaches(2));
    }

    [Fact]
    public void What_was_forgotten_supports_nothing()
    {
        var support = CandidateSupport.None.With([(1, "a", null), (2, "b", null), (3, "b", null)]).Reviewed(2, isOut: true).Without(session => session < 3, new HashSet<string>());
        Assert.Equal(["b"], support.Tasks);
        Assert.Null(support.Out);
        Assert.Equal([3], Assert.Single(support.Sessions!.Value));
    }

    [Fact]
    public void Sessions_of_one_author_are_no_more_voices_than_the_limit_says_and_take_nobody_elses_room()
    {
        var support = CandidateSupport.None.With(Enumerable.Range(0, 100).Select(i => ((long)i, (string?)$"task {i}", (string?)"mallory")));
        Assert.True(support.Reaches(8));
        Assert.False(support.Reaches(2, perAuthor: 1));
        Assert.True(support.Reaches(3, perAuthor: 3));

        // One more task by somebody else; and the same task by somebody else, which leaves the author another of her own.
        Assert.True(support.With([(200, "zebra", "ann")]).Reaches(2, perAuthor: 1));
        Assert.True(support.With([(200, "task 1", "ann")]).Reaches(2, perAuthor: 1));
        Assert.False(CandidateSupport.None.With([(1, "a", "ann"), (2, "a", "ben")]).Reaches(2, perAuthor: 1));
        Assert.True(CandidateSupport.None.With([(1, "a", "ann"), (2, "a", "ben"), (3, "b", "ann")]).Reaches(2, perAuthor: 1));
        Assert.True(CandidateSupport.None.With([(1, "a", null), (2, "b", null)]).Reaches(2, perAuthor: 1));
    }
}
