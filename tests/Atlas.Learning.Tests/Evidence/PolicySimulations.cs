using Atlas.Learning.Evidence;
using Xunit;

namespace Atlas.Learning.Tests.Evidence;

/// <summary>What becomes of entries and versions with a known effect.</summary>
public sealed class PolicySimulations(ITestOutputHelper output)
{
    private const int FewRuns = 40;
    private const int ManyRuns = 1000;

    [Theory]
    [InlineData(-0.2, 900, 0.95, 0, 0)]
    [InlineData(-0.1, 2000, 0.9, 0, 0.05)]
    [InlineData(0, 2000, 0.8, 0, 0.12)]
    [InlineData(0.1, 2000, 0, 0.85, 0.1)]
    [InlineData(0.2, 900, 0, 0.95, 0.04)]
    public void Entries_of_no_use_go_and_those_that_help_stay(double effect, int sessions, double condemnedAtLeast, double provenAtLeast, double wrongAtMost)
    {
        var runs = Simulation.Runs(FewRuns, ManyRuns, random =>
        {
            var (session, condemned, proven, harmful) = (0, (int?)null, (int?)null, (int?)null);
            foreach (var evidence in Simulation.Entry(random, sessions, (task, _) => Simulation.Mixed(task), _ => effect, _ => 0.5))
            {
                session++;
                var finding = EvidenceFindings.Of(evidence, Simulation.Options);
                harmful ??= finding is EvidenceFinding.Harmful ? session : null;
                condemned ??= proven is null && finding is EvidenceFinding.Harmful or EvidenceFinding.NoUse ? session : null;
                proven ??= condemned is null && finding is EvidenceFinding.Helps ? session : null;
            }

            return (Condemned: condemned, Proven: proven, Harmful: harmful);
        });
        var condemnedRuns = runs.Count(run => run.Condemned is not null && run.Proven is null);
        var provenRuns = runs.Count(run => run.Proven is not null);
        var harmfulRuns = runs.Count(run => run.Harmful is not null);
        var said = $"Effect {effect:+0.00;-0.00;0}: of {runs.Length} condemned {condemnedRuns} (median {Simulation.Median(runs.Select(run => run.Condemned))}), proven {provenRuns} "
            + $"(median {Simulation.Median(runs.Select(run => run.Proven))}), harmful {harmfulRuns} (median {Simulation.Median(runs.Select(run => run.Harmful))}); ATLAS_SEED={Simulation.Seed}";
        output.WriteLine(said);
        var wrong = effect > 0 ? condemnedRuns : provenRuns;
        Assert.True(condemnedRuns >= condemnedAtLeast * runs.Length && provenRuns >= provenAtLeast * runs.Length, said);
        Assert.True(wrong <= Math.Max(1, wrongAtMost * runs.Length), said);
        Assert.True(effect < 0 || harmfulRuns <= Simulation.Most(runs.Length, 0.01), said);
    }

    [Theory]
    [InlineData(-0.2, 450, EntryTrialState.Withdrawn, 0.8, 0.97, 0)]
    [InlineData(0, 2000, EntryTrialState.Retired, 0.75, 0.75, 0.12)]
    [InlineData(0.2, 900, EntryTrialState.Proven, 0.95, 0, 0.04)]
    public void Harmful_entries_are_called_so_and_all_that_are_no_use_go(double effect, int sessions, EntryTrialState expected, double endsThereAtLeast, double goneAtLeast, double wrongAtMost)
    {
        var runs = Simulation.Runs(FewRuns, ManyRuns, random =>
        {
            var (expectation, trial, shown) = (TaskExpectation.None, new EntryTrial { Entry = "one", Sha = "one" }.Admit(Simulation.Options), 0);
            var count = 0;
            for (; count < sessions && trial.State.WithheldShare(Simulation.Options) is { } share; count++)
            {
                var (task, isShown) = (random.Next(20), random.NextDouble() >= share);
                var reward = Simulation.Reward(random, Simulation.Mixed(task) + (isShown ? effect : 0));
                trial = trial.Add(new TrialObservation(isShown, 1 - share, expectation.Of($"task {task}"), reward), Simulation.Options);
                expectation = expectation.Add($"task {task}", reward, count);
                shown += isShown ? 1 : 0;
            }

            return (trial.State, Count: count, Shown: shown);
        });
        var (there, gone) = (runs.Count(run => run.State == expected), runs.Count(run => run.State.IsFinal));
        var wrong = runs.Count(run => effect < 0 ? run.State is EntryTrialState.Proven : effect > 0 ? run.State.IsFinal : run.State is EntryTrialState.Withdrawn or EntryTrialState.Proven);
        var withdrawn = runs.Count(run => run.State is EntryTrialState.Withdrawn);
        var said = $"Effect {effect:+0.00;-0.00;0}: of {runs.Length} {there} {expected}, {gone} gone (median {Simulation.Median(runs.Select(run => run.State.IsFinal ? run.Count : (int?)null))} sessions, "
            + $"{Simulation.Median(runs.Select(run => run.State.IsFinal ? run.Shown : (int?)null))} of them shown), {withdrawn} withdrawn, {wrong} wrong; ATLAS_SEED={Simulation.Seed}";
        output.WriteLine(said);
        Assert.True(there >= endsThereAtLeast * runs.Length && gone >= goneAtLeast * runs.Length, said);
        Assert.True(wrong <= Math.Max(1, wrongAtMost * runs.Length), said);
        Assert.True(effect < 0 || withdrawn <= Simulation.Most(runs.Length, 0.01), said);
    }

    [Theory]
    [InlineData(-0.3, 225, CanaryDecision.RollBack, 0.95)]
    [InlineData(-0.2, 900, CanaryDecision.RollBack, 0.95)]
    [InlineData(0, 1500, CanaryDecision.Promote, 0.8)]
    [InlineData(0.2, 500, CanaryDecision.Promote, 0.97)]
    public void Versions_are_promoted_or_rolled_back(double effect, int within, CanaryDecision expected, double atLeast)
    {
        var runs = Simulation.Runs(FewRuns, ManyRuns, random =>
        {
            var session = 0;
            foreach (var evidence in Simulation.Entry(random, 1500, (task, _) => Simulation.Mixed(task), _ => effect, _ => 0.5))
            {
                session++;
                if (CanaryDecisions.Of(evidence, wasRead: false, Simulation.Options) is not CanaryDecision.GoOn and var decision)
                {
                    return (Decision: decision, Session: session);
                }
            }

            return (Decision: CanaryDecision.GoOn, Session: session);
        });
        var right = runs.Count(run => run.Decision == expected && run.Session <= within);
        var said = $"Effect {effect:+0.00;-0.00;0}: {right} of {runs.Length} {expected} within {within} sessions (median {Simulation.Median(runs.Select(run => (int?)run.Session))}); ATLAS_SEED={Simulation.Seed}";
        output.WriteLine(said);
        Assert.True(right >= atLeast * runs.Length, said);
    }

    [Fact]
    public void Bounds_hold_the_truth_at_every_look()
    {
        const double Effect = 0.1;
        var runs = Simulation.Runs(FewRuns, ManyRuns, random =>
        {
            var looks = Simulation.Entry(random, 1000, (task, _) => Simulation.Mixed(task), _ => Effect, _ => 0.3);
            return looks.Where((_, index) => index % 10 == 9).All(evidence => ConfidenceSequence.Of(evidence) is var bounds && bounds.Low <= Effect && Effect <= bounds.High);
        });
        var wrong = runs.Count(holds => !holds);
        var said = $"The bounds ever missed the truth in {wrong} of {runs.Length}; ATLAS_SEED={Simulation.Seed}";
        output.WriteLine(said);
        Assert.True(wrong <= Simulation.Most(runs.Length, 0.05), said);
    }

    [Fact]
    public void A_drop_of_twenty_points_raises_the_alarm()
    {
        var runs = Simulation.Runs(FewRuns, ManyRuns, random =>
        {
            var watch = RegressionWatch.Start;
            for (var i = 0; i < 700; i++)
            {
                var task = random.Next(20);
                var reward = Simulation.Reward(random, Simulation.Mixed(task) * (i < 200 ? 1 : 0.6));
                watch = watch.Add($"task {task}", reward, i, Simulation.Options);
                if (watch.IsRaised)
                {
                    return (int?)(i - 200);
                }
            }

            return null;
        });
        var found = runs.Where(delay => delay is null or >= 0).ToArray();
        var said = $"Raised before the drop in {runs.Length - found.Length} of {runs.Length}, after it in {found.Count(delay => delay is not null)} (median {Simulation.Median(found)}); ATLAS_SEED={Simulation.Seed}";
        output.WriteLine(said);
        Assert.True(found.Length >= 0.85 * runs.Length && found.Count(delay => delay is not null) >= 0.97 * found.Length && Simulation.Median(found) <= 130, said);
    }
}
