using System.ComponentModel.DataAnnotations;

namespace Atlas.Configuration.Orchestration;

/// <summary>The block <c>orchestration</c>: how a session proceeds.</summary>
public sealed record OrchestrationOptions
{
    /// <summary>Whether a plan is executed step by step or collapsed into one step. Not in the original SDK, which always does the
    /// latter.</summary>
    /// <value>The default is <c>stepwise</c>.</value>
    public OrchestrationFlow Flow { get; init; } = OrchestrationFlow.Stepwise;

    /// <summary>How often a rejected step is repeated.</summary>
    /// <value>The default is 1.</value>
    [Range(0, 1)]
    public int MaxRetries { get; init; } = 1;

    /// <summary>Whether the last attempt at a step is validated too. Not in the original SDK, which accepts that attempt unseen.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool ValidateFinalAttempt { get; init; } = true;

    /// <summary>Time limit for one attempt at a step, in seconds, including its tools; 0 means no limit.</summary>
    /// <value>The default is 900.0.</value>
    [Range(0d, double.MaxValue)]
    public double StepTimeoutSeconds { get; init; } = 900.0;

    /// <summary>Whether the plan and the steps are shown while a session runs. The records contain them either way.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool EmitIntermediateSteps { get; init; } = true;

    /// <summary>The mode of every session, whatever the probe would choose.</summary>
    /// <value>The default is none.</value>
    public SupervisionMode? ForcedMode { get; init; }
}
