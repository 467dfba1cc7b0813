namespace Atlas.Models.Synthesis.Offline;

/// <summary>Tests every trait of a sample and keeps what chance does not explain.</summary>
/// <remarks>
/// The bound on a false statement is divided: most of it goes to what the student did, the rest to words, of which there are many. Within
/// each share, Holm's correction is applied to all candidates that could pass at all; which ones could depends on how often traits and
/// rewards occur, never on how they go together. The bound applies to one synthesis, not to a series of them.
/// </remarks>
internal sealed class Contrast
{
    private const double ActionShare = 0.6;
    private const double WordShare = 0.2;

    // Two traits shown by nearly the same sessions are one finding with two names.
    private const double SameFinding = 0.8;

    private readonly Sample _sample;
    private readonly SynthesizerOptions _options;
    private readonly List<Candidate> _candidates = [];

    public Contrast(Sample sample, SynthesizerOptions options)
    {
        _sample = sample;
        _options = options;
        var test = new ExactTest();
        var traits = TraitReader.Read(sample);
        _candidates.AddRange(Corrected(test, traits.Where(trait => trait.IsAction), ActionShare));
        _candidates.AddRange(Corrected(test, traits.Where(trait => trait.Kind == TraitKind.StudentWord), WordShare));
        _candidates.AddRange(Corrected(test, traits.Where(trait => trait.Kind == TraitKind.TaskWord), WordShare));
    }

    /// <summary>Gets how many statements were tested.</summary>
    public int Tested => _candidates.Count;

    /// <summary>Returns the findings, the most certain first.</summary>
    /// <param name="standing">What passed last time; it stays as long as it passes uncorrected.</param>
    public List<Candidate> Findings(StandingFindings standing)
    {
        var passing = _candidates
            .Where(candidate => candidate.Adjusted <= _options.FamilyWiseError)
            .Concat(_candidates
                .Where(candidate => candidate.Adjusted > _options.FamilyWiseError
                    && candidate.P <= _options.FamilyWiseError
                    && standing.Contains(candidate))
                .Select(candidate => candidate with { Kept = true }))
            .Where(candidate => !Contradicted(candidate))
            .OrderBy(candidate => candidate.Kept)
            .ThenBy(candidate => candidate.Comparison)
            .ThenBy(candidate => candidate.Adjusted)
            .ThenBy(candidate => candidate.P)
            .ThenBy(candidate => candidate.Trait.Label, StringComparer.Ordinal);
        var kept = new List<Candidate>();
        foreach (var candidate in passing)
        {
            if (!kept.Exists(other => IsSame(other, candidate)))
            {
                kept.Add(candidate);
            }
        }

        return kept;
    }

    /// <summary>Determines whether a difference between tasks is reversed among runs of the same task, in which case the tasks caused it.</summary>
    private bool Contradicted(Candidate candidate)
    {
        var counts = Counts.Of(_sample, candidate.Trait);
        return (candidate.Good ? counts.WithIsWorse : counts.WithIsBetter)
            || (candidate.Comparison == Comparison.BetweenTasks && _candidates.Exists(other =>
                other.Trait == candidate.Trait && other.Good != candidate.Good
                && other.Comparison == Comparison.SameTask && other.P <= _options.FamilyWiseError));
    }

    private static bool IsSame(Candidate left, Candidate right) =>
        left.Trait == right.Trait
        || (left.Good == right.Good && left.Trait.IsAction == right.Trait.IsAction
            && left.Trait.Overlap(right.Trait) >= SameFinding);

    private IEnumerable<Candidate> Corrected(ExactTest test, IEnumerable<Trait> traits, double share)
    {
        var within = _options.FamilyWiseError * share;
        var tested = traits.SelectMany(trait => Test(test, trait, within)).OrderBy(candidate => candidate.P).ToList();
        var running = 0d;
        for (var i = 0; i < tested.Count; i++)
        {
            running = Math.Max(running, tested[i].P * (tested.Count - i) / share);
            yield return tested[i] with { Adjusted = Math.Min(1, running), Among = tested.Count };
        }
    }

    private IEnumerable<Candidate> Test(ExactTest test, Trait trait, double within)
    {
        var shown = trait.Shown.Count(sign => sign == 1);
        if (Math.Min(shown, trait.Shown.Count(sign => sign == 0)) < _options.MinimumSupport)
        {
            yield break;
        }

        foreach (var comparison in (Comparison[])[Comparison.SameTask, Comparison.BetweenTasks])
        {
            var strata = ComparisonStrata.For(comparison, _sample, trait);
            var showing = strata.Sum(stratum => stratum.Showing);
            var lacking = strata.Sum(stratum => stratum.Values.Length) - showing;
            if (Math.Min(showing, lacking) < _options.MinimumSupport)
            {
                continue;
            }

            var result = test.Run(strata);
            if (result.SmallestMore <= within)
            {
                yield return new(trait, Good: true, comparison, result.More);
            }

            if (result.SmallestLess <= within)
            {
                yield return new(trait, Good: false, comparison, result.Less);
            }
        }
    }
}
