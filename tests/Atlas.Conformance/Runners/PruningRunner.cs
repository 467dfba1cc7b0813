using System.Text.Json;
using Atlas.Learning.Options;
using Atlas.Learning.Playbooks;
using Atlas.Learning.Pruning;

namespace Atlas.Conformance.Runners;

internal sealed class PruningRunner : VectorRunner
{
    public override string File => "pruning";

    public override IEnumerable<string> Run(JsonElement vector, ConformanceSettings settings)
    {
        var input = vector.GetProperty("input");
        var outcome = EntryPruning.Apply(
            LearningStateJson.ReadEntries(input.GetProperty("entries")),
            Read<PruningOptions>(input, "pruning_config"),
            DateTimeOffset.UnixEpoch,
            settings.Rules.TransferNeedsNoIncident ? true : null);
        return Compare(vector.GetProperty("expected"), new
        {
            Kept = outcome.Kept.Select(entry => entry.Id),
            Pruned = outcome.Pruned.ToDictionary(entry => entry.Id, entry => entry.Reason),
        });
    }
}
