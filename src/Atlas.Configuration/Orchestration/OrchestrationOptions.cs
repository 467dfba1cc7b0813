using System.ComponentModel.DataAnnotations;

namespace Atlas.Configuration.Orchestration;

/// <summary>The block <c>orchestration</c>: how a session proceeds.</summary>
public sealed record OrchestrationOptions
{
    /// <summary>Whether a plan is executed step by step or collapsed into one step. Ours; the original knows only the latter.</summary>
    /// <value>The default is <c>stepwise</c>.</value>
    public OrchestrationFlow Flow { get; init; } = OrchestrationFlow.Stepwise;

    /// <summary>How often a step that was found wanting is done again.</summary>
    /// <value>The default is 1.</value>
    [Range(0, 1)]
    public int MaxRetries { get; init; } = 1;

    /// <summary>Whether the last try of a step is validated too. Ours; the original accepts it unseen.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool ValidateFinalAttempt { get; init; } = true;

    /// <summary>Seconds one try of a step may take, its tools included; 0 means no limit.</summary>
    /// <value>The default is 900.0.</value>
    [Range(0d, double.MaxValue)]
    public double StepTimeoutSeconds { get; init; } = 900.0;

    /// <summary>Whether plan and steps are shown while a session runs; the records hold them either way.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool EmitIntermediateSteps { get; init; } = true;

    /// <summary>The mode of every session, whatever the probe would say.</summary>
    /// <value>The default is none.</value>
    public SupervisionMode? ForcedMode { get; init; }
}
