using Atlas.Contracts.Sessions;
using Atlas.Storage.Sessions;

namespace Atlas.Grains.Sessions;

/// <summary>A step as it is stored.</summary>
internal static class StepRows
{
    public static SessionStepRow Of(StepRecord step) => new()
    {
        StepId = step.StepId,
        Trace = step.Trace,
        Output = step.Output,
        EvaluationJson = step.EvaluationJson,
        MetadataJson = step.MetadataJson,
        AttemptEvaluationsJson = step.AttemptEvaluationsJson.IsDefault ? [] : [.. step.AttemptEvaluationsJson],
        Guidance = step.Guidance.IsDefault ? [] : step.Guidance,
    };
}
