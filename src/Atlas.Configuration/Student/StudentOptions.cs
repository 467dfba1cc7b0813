using System.ComponentModel.DataAnnotations;

namespace Atlas.Configuration.Student;

/// <summary>The block <c>student</c>: how the agent is asked to plan, execute and sum up.</summary>
public sealed record StudentOptions
{
    /// <summary>Prompts that take the place of our own.</summary>
    /// <value>The default is none: the built-in prompts.</value>
    public StudentPromptOptions? Prompts { get; init; }

    /// <summary>Largest plan, in tokens: the output limit of a planning call.</summary>
    /// <value>The default is 2048.</value>
    [Range(1, int.MaxValue)]
    public int MaxPlanTokens { get; init; } = 2048;

    /// <summary>Largest answer to a step, in tokens: the output limit of an execution call.</summary>
    /// <value>The default is 2048.</value>
    [Range(1, int.MaxValue)]
    public int MaxStepTokens { get; init; } = 2048;

    /// <summary>Largest final answer, in tokens: the output limit of the final call.</summary>
    /// <value>The default is 2048.</value>
    [Range(1, int.MaxValue)]
    public int MaxSynthesisTokens { get; init; } = 2048;

    /// <summary>Whether an execution call may or must use a tool.</summary>
    /// <value>The default is <c>auto</c>.</value>
    public ToolChoice ToolChoice { get; init; } = ToolChoice.Auto;
}
