using Atlas.Learning.Evidence;
using Xunit;

namespace Atlas.Learning.Tests.Evidence;

/// <summary>A key with a harmful, a useless and a helpful entry, whose cues show in half of its sessions each, as <c>EntryTrialTests</c> plays it through a silo.</summary>
public sealed class KeySimulations(ITestOutputHelper output)
{
    private const int FewRuns = 60;
    private const int ManyRuns = 4000;
    private const int Sessions = 900;

    private static readonly double[] Effects = [-0.2, 0, 0.2];

    [Fact]
    public void A_harmful_entry_is_withdrawn_within_nine_hundred_sessions_in_nineteen_of_twenty_keys()
    {
        var runs = Simulation.Runs(FewRuns, ManyRuns, random => Play(random, number => 0.8 - (0.2 * (number % 16 / 4))));
        var said = string.Join("; ", Effects.Select((effect, entry) => $"{effect:+0.00;-0.00;0}: {Said(runs, entry)}")) + $"; ATLAS_SEED={Simulation.Seed}";
        output.WriteLine(said);
        Assert.True(Share(runs, 0, EntryTrialState.Withdrawn) >= (Simulation.IsLong ? 0.96 : 0.9), said);
        Assert.True(Share(runs, 0, EntryTrialState.Withdrawn) + Share(runs, 0, EntryTrialState.Retired) >= 0.98, said);
        Assert.True(runs.Count(run => run[1] is EntryTrialState.Withdrawn) <= Simulation.Most(runs.Length, 0.01), said);
        Assert.DoesNotContain(runs, run => run[2] is EntryTrialState.Withdrawn);
    }

    private static double Share(EntryTrialState[][] runs, int entry, EntryTrialState state) => (double)runs.Count(run => run[entry] == state) / runs.Length;

    private static string Said(EntryTrialState[][] runs, int entry) =>
        string.Join(", ", runs.Select(run => run[entry]).CountBy(state => state).OrderBy(pair => pair.Key).Select(pair => $"{pair.Value} {pair.Key}")) + $" of {runs.Length}";

    private static EntryTrialState[] Play(Random random, Func<int, double> rate)
    {
        var expectation = TaskExpectation.None;
        EntryTrial[] entries = [.. Effects.Select(effect => new EntryTrial { Entry = $"{effect}", Sha = $"{effect}" }.Admit(Simulation.Options))];
        var drawn = new (bool Shown, double P)?[entries.Length];
        for (var number = 0; number < Sessions; number++)
        {
            var (task, chance, held) = ($"task {number % 16}", rate(number), random.NextDouble() < Simulation.Options.HoldoutShare);
            for (var entry = 0; entry < entries.Length; entry++)
            {
                drawn[entry] = null;
                if (!held && (number & (1 << entry)) == 0 && entries[entry].State.WithheldShare(Simulation.Options) is { } share)
                {
                    drawn[entry] = (random.NextDouble() >= share, 1 - share);
                    chance += drawn[entry]!.Value.Shown ? Effects[entry] : 0;
                }
            }

            var (reward, expected) = (Simulation.Reward(random, Math.Clamp(chance, 0, 1)), expectation.Of(task));
            expectation = expectation.Add(task, reward, number);
            for (var entry = 0; entry < entries.Length; entry++)
            {
                if (drawn[entry] is { } draw)
                {
                    entries[entry] = entries[entry].Add(new TrialObservation(draw.Shown, draw.P, expected, reward), Simulation.Options);
                }
            }
        }

        return [.. entries.Select(entry => entry.State)];
    }
}
