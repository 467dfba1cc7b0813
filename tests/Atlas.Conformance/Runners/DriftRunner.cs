using System.Text.Json;
using Atlas.Domain;
using Atlas.Learning.Drift;
using Atlas.Learning.Options;

namespace Atlas.Conformance.Runners;

internal sealed class DriftRunner : VectorRunner
{
    public override string File => "drift";

    public override IEnumerable<string> Run(JsonElement vector, ConformanceSettings settings)
    {
        var input = vector.GetProperty("input");
        var options = new DriftOptions
        {
            Window = input.GetProperty("window").GetInt32(),
            ZThreshold = input.GetProperty("z_threshold").GetDouble(),
            MinBaseline = input.GetProperty("min_baseline").GetInt32(),
            ConstantHistoryFloor = settings.ConstantHistoryFloor,
        };
        var samples = input.GetProperty("baseline_newest_first").EnumerateArray()
            .Select((stats, index) => RewardSample.Read(-1 - index, stats, settings.Rules))
            .Reverse();
        var baseline = DriftBaseline.Of(samples, options.Window, settings.Rules);
        var current = RewardSample.Read(1, input.GetProperty("current_stats"));
        var assessment = DriftDetector.Assess(baseline, current, options, Optional(input, "learning_key")?.GetString());

        // The message is added where the assessment is stored.
        return Compare(vector.GetProperty("expected"), assessment).Where(difference => !difference.StartsWith("$.message", StringComparison.Ordinal));
    }
}
