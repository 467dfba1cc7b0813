using Atlas.Learning.Evidence;
using Xunit;

namespace Atlas.Learning.Tests.Evidence;

/// <summary>Entries without an effect, looked at after every session: how often anything is claimed of them.</summary>
public sealed class FalseAlarmSimulations(ITestOutputHelper output)
{
    private const int FewRuns = 100;
    private const int ManyRuns = 2000;

    private static readonly int Sessions = Simulation.IsLong ? 3000 : 500;

    [Fact]
    public void Every_other_session_withheld() => AssertSilent((_, _) => 0.5, _ => 0, _ => 0.5);

    [Fact]
    public void Cue_only_in_hard_tasks() => AssertSilent((_, _) => 0.1, _ => 0, _ => 0.5);

    [Fact]
    public void Easy_tasks_and_seldom_withheld() => AssertSilent((_, _) => 0.9, _ => 0, _ => 0.1);

    [Fact]
    public void Tasks_of_any_difficulty() => AssertSilent((task, _) => (task + 0.5) / 20, _ => 0, _ => 0.5);

    [Fact]
    public void Success_rate_rising_by_fifty_points() => AssertSilent((_, time) => 0.3 + (0.5 * time), _ => 0, _ => 0.2);

    [Fact]
    public void Success_rate_falling_by_fifty_points() => AssertSilent((_, time) => 0.8 - (0.5 * time), _ => 0, _ => 0.2);

    [Fact]
    public void Withheld_more_often_once_suspect() =>
        AssertSilent((_, _) => 0.5, _ => 0, evidence => evidence.LogHarm() >= Math.Log(3) ? 0.5 : 0.1);

    [Fact]
    public void Good_in_some_tasks_and_bad_in_as_many_by_fresh_draws() => AssertSilent((_, _) => 0.5, task => task % 2 == 0 ? 0.3 : -0.3, _ => 0.5);

    private void AssertSilent(Func<int, double, double> rate, Func<int, double> effect, Func<TrialEvidence, double> share)
    {
        var runs = Simulation.Runs(FewRuns, ManyRuns, random =>
        {
            var (help, harm) = (0d, 0d);
            foreach (var evidence in Simulation.Entry(random, Sessions, rate, effect, share))
            {
                (help, harm) = (Math.Max(help, evidence.LogHelp()), Math.Max(harm, evidence.LogHarm()));
            }

            return (Help: help, Harm: harm);
        });
        foreach (var threshold in new[] { 20d, 100d })
        {
            var (help, harm) = (runs.Count(run => run.Help >= Math.Log(threshold)), runs.Count(run => run.Harm >= Math.Log(threshold)));
            var most = Simulation.Most(runs.Length, 1 / threshold);
            var said = $"In {runs.Length} keys of {Sessions} sessions E ≥ {threshold}: helps {help}, harms {harm}, at most {most:0.#} allowed; ATLAS_SEED={Simulation.Seed}";
            output.WriteLine(said);
            Assert.True(help <= most && harm <= most, said);
        }
    }
}
