using Atlas.Learning.Evidence;

namespace Atlas.Learning.Tests.Evidence;

/// <summary>Worlds with a known truth. Every run has a seed of its own, made of <c>ATLAS_SEED</c>; <c>ATLAS_LONG_SIMULATIONS=1</c> plays as
/// many as the published figures were made from.</summary>
internal static class Simulation
{
    public static EvidenceOptions Options { get; } = new();

    public static bool IsLong { get; } = Environment.GetEnvironmentVariable("ATLAS_LONG_SIMULATIONS") is { Length: > 0 } and not "0";

    public static int Seed { get; } = int.TryParse(Environment.GetEnvironmentVariable("ATLAS_SEED"), out var given) ? given : 20261128;

    /// <summary>Plays a world many times.</summary>
    public static T[] Runs<T>(int few, int many, Func<Random, T> play) =>
        [.. Enumerable.Range(0, IsLong ? many : few).AsParallel().AsOrdered().Select(run => play(new Random(HashCode(Seed, run))))];

    /// <summary>The middle of values, of which those that never came count as largest.</summary>
    public static int Median(IEnumerable<int?> values) => values.Select(value => value ?? int.MaxValue).Order().ToArray() is var sorted ? sorted[sorted.Length / 2] : 0;

    /// <summary>The most events that chance allows at a rate: four standard deviations above.</summary>
    public static double Most(int runs, double rate) => (runs * rate) + (4 * Math.Sqrt(runs * rate)) + 1;

    /// <summary>Twenty tasks of four difficulties.</summary>
    public static double Mixed(int task) => 0.8 - (0.2 * (task % 4));

    /// <summary>Draws a reward of 0 or 1.</summary>
    public static double Reward(Random random, double rate) => random.NextDouble() < rate ? 1 : 0;

    /// <summary>Sessions of one entry, as a stream of evidence.</summary>
    /// <param name="random">Draws everything.</param>
    /// <param name="sessions">How many.</param>
    /// <param name="rate">The success rate without the entry, by task and time from 0 to 1.</param>
    /// <param name="effect">What the entry adds, by task.</param>
    /// <param name="share">The share withheld, from the evidence so far.</param>
    public static IEnumerable<TrialEvidence> Entry(
        Random random, int sessions, Func<int, double, double> rate, Func<int, double> effect, Func<TrialEvidence, double> share)
    {
        var (expectation, evidence) = (TaskExpectation.None, TrialEvidence.None);
        for (var i = 0; i < sessions; i++)
        {
            var task = random.Next(20);
            var name = TaskNames[task];
            var withheld = share(evidence);
            var shown = random.NextDouble() >= withheld;
            var reward = Reward(random, rate(task, (double)i / sessions) + (shown ? effect(task) : 0));
            evidence = evidence.Add(new TrialObservation(shown, 1 - withheld, expectation.Of(name), reward));
            expectation = expectation.Add(name, reward, i);
            yield return evidence;
        }
    }

    private static readonly string[] TaskNames = [.. Enumerable.Range(0, 20).Select(task => $"task {task}")];

    /// <summary>Mixes two numbers; unlike <see cref="System.HashCode"/> the same in every process.</summary>
    private static int HashCode(int seed, int run) => unchecked((seed * 16777619) ^ (run * 486187739));
}
