using Atlas.Benchmarks.Harness;
using Atlas.Benchmarks.Histories;
using Atlas.Learning.Options;
using Atlas.Learning.Usage;

namespace Atlas.Benchmarks.Cues;

/// <summary>Measures how fast the cues of a playbook are detected in an agent's input.</summary>
internal sealed class CueDetectionBenchmark : IBenchmark
{
    private const string Atlas = "atlas";
    private const string Interpreted = "interpreted";

    public string Name => "cue-detection";

    public string Description =>
        "Looks for 50 cues (20 keywords, 20 regular expressions, 10 predicates) in a text of 4 kB and counts the hits, "
        + "against a loop of interpreted Regex.IsMatch.";

    public async Task<BenchmarkReport> RunAsync(Rounds rounds, CancellationToken cancellationToken)
    {
        var entries = SamplePlaybook.Entries;
        var tracker = new UsageTracker(new UsageTrackingOptions());
        tracker.Register(CueDetectorSet.For(entries));
        var naive = new NaiveCues(CueSamples.Cues);

        var ours = tracker.Detect("student", CueSamples.Text, stepId: 1).Select(hit => hit.EntryId);
        var theirs = naive.Detect(CueSamples.Text).Select(index => entries[index].Id!);
        if (!ours.SequenceEqual(theirs))
        {
            throw new InvalidOperationException(
                $"The two ways find different cues, so their times cannot be compared: {string.Join(' ', ours)} and {string.Join(' ', theirs)}.");
        }

        var comparison = await rounds.CompareAsync(
            [
                Contestant.Of(Atlas, () => GC.KeepAlive(tracker.Detect("student", CueSamples.Text, stepId: 1))),
                Contestant.Of(Interpreted, () => GC.KeepAlive(naive.Detect(CueSamples.Text))),
            ],
            cancellationToken);
        return new BenchmarkReport(
            [.. comparison.Measurements(Name)],
            [comparison.Ratio("cue_detection_vs_interpreted", Atlas, Interpreted)]);
    }
}
