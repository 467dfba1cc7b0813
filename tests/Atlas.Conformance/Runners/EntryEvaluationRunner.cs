using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Atlas.Domain.Json;
using Atlas.Domain.Playbooks;
using Atlas.Learning.Options;
using Atlas.Learning.Synthesis;

namespace Atlas.Conformance.Runners;

internal sealed class EntryEvaluationRunner : VectorRunner
{
    public override string File => "entry_evaluation";

    public override IEnumerable<string> Run(JsonElement vector, ConformanceSettings settings)
    {
        var input = vector.GetProperty("input");
        var schema = Read<EntrySchemaOptions>(input, "schema");
        var options = new LearningOptions
        {
            Schema = schema with
            {
                AllowedRuntimeHandles = [.. Texts(input, "allowed_handles")],
                RuntimeHandlePrefixes = [.. Texts(input, "allowed_prefixes")],
                AllowMissingToolMapping = schema.AllowMissingToolMapping || (Optional(input, "allow_missing_mapping")?.GetBoolean() ?? false),
            },
            Gates = Read<GateOptions>(input, "gates") with { AllowLengthOverflowMargin = settings.LengthMargin },
            RubricWeights = Read<RubricWeightOptions>(input, "rubric_weights"),
        };
        var gates = new EntryGates(options, new HandleList(options.Schema, []), settings.Rules);
        ImmutableArray<CandidateEvaluation> evaluations =
        [
            .. input.GetProperty("candidates").EnumerateArray().Select(candidate =>
                gates.Evaluate(CandidateNormaliser.Normalise(candidate, schema, new Dictionary<string, PlaybookEntry>()))),
        ];
        var summary = CandidateBatch.Summarise(evaluations);
        return Compare(vector.GetProperty("expected"), new
        {
            Normalised = evaluations.Select((evaluation, sequence) => Numbered(evaluation.Entry, sequence)),
            Evaluations = evaluations.Select(evaluation => new
            {
                evaluation.Rubric.Gates,
                evaluation.Rubric.Scores,
                evaluation.Rubric.FailureReasons,
                evaluation.Rubric.WeightedTotal,
            }),
            Summary = new
            {
                summary.TotalCandidates,
                summary.Passed,
                summary.Failed,
                summary.PassRate,
                summary.GateFailures,
                summary.AverageWeightedScore,
            },
        });
    }

    private static JsonNode Numbered(PlaybookEntry entry, int sequence)
    {
        var node = JsonSerializer.SerializeToNode(entry, AtlasJson.Options)!;
        node["sequence"] = sequence;
        return node;
    }
}
