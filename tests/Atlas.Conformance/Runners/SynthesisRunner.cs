using System.Text.Json;
using Atlas.Learning.Options;
using Atlas.Learning.Playbooks;
using Atlas.Learning.Synthesis;

namespace Atlas.Conformance.Runners;

internal sealed class SynthesisRunner : VectorRunner
{
    public override string File => "synthesis";

    public override IEnumerable<string> Run(JsonElement vector, ConformanceSettings settings)
    {
        var input = vector.GetProperty("input");
        var playbook = LearningStateJson.Read(Optional(input, "learning_state") ?? default);
        var result = SynthesisAcceptance.Apply(playbook, playbook, input.GetProperty("llm_output"), new SynthesisContext
        {
            Now = new DateTimeOffset(2026, 3, 4, 9, 15, 21, TimeSpan.Zero),
            Options = new LearningOptions
            {
                Schema = Read<EntrySchemaOptions>(input, "schema"),
                Gates = Read<GateOptions>(input, "gates") with { AllowLengthOverflowMargin = settings.LengthMargin },
                RubricWeights = Read<RubricWeightOptions>(input, "rubric_weights"),
                PruningConfig = Read<PruningOptions>(input, "pruning_config"),
                Evidence = new() { Enabled = false },
            },
            SessionIds = Optional(input, "session_id") is { } session ? [session.GetInt64()] : [],
            GuidanceNotes = [.. Texts(input, "guidance")],
            RuntimeHandles = [.. Texts(input, "runtime_handles")],
            Rules = settings.Rules,
        });
        return Compare(vector.GetProperty("expected"), new
        {
            LearningState = LearningStateJson.Write(result.Playbook),
            RubricSummary = result.Summary,
            GateFailures = result.Failures.IsEmpty ? null : result.Failures.AsEnumerable(),
            result.SessionNote,
            StudentLearning = result.StudentNote,
            TeacherLearning = result.TeacherNote,
        });
    }
}
