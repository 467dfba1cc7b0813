using System.Text.Json;
using Atlas.Domain.Json;
using Atlas.Domain.Sessions;
using Atlas.Runtime.Teachers;

namespace Atlas.Runtime.Steps;

/// <summary>Creates the evaluation of an attempt. Single steps have no reward, because sessions are judged as a whole.</summary>
internal static class Evaluations
{
    public static StepEvaluation Of(Verdict verdict)
    {
        var reason = verdict.IsValid ? "deferred" : "validation_failed";
        return new StepEvaluation
        {
            Validation = verdict.Record.Deserialize<StepValidation>(AtlasJson.Options),
            Reward = NoReward(reason, JsonSerializer.SerializeToElement(new { skipped = true, reason })),
        };
    }

    public static StepEvaluation Crashed(string error)
    {
        var what = JsonSerializer.SerializeToElement(new { error });
        return new StepEvaluation
        {
            Validation = new StepValidation { Extra = new() { ["error"] = what.GetProperty("error") } },
            Reward = NoReward("runtime_error", what),
        };
    }

    private static StepReward NoReward(string rationale, JsonElement raw) => new()
    {
        Score = 0,
        Rationale = rationale,
        Extra = new() { ["judges"] = JsonElement.Parse("[]"), ["raw"] = raw },
    };
}
