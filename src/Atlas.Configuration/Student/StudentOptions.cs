using System.ComponentModel.DataAnnotations;

namespace Atlas.Configuration.Student;

/// <summary>The block <c>student</c>: how the agent is asked to plan, execute and sum up.</summary>
public sealed record StudentOptions
{
    /// <summary>Prompts that take the place of our own.</summary>
    /// <value>The default is none: the built-in prompts.</value>
    public StudentPromptOptions? Prompts { get; init; }

    /// <summary>Largest plan, in tokens: the output limit of a planning call; null for that of <c>agent.llm</c>.</summary>
    /// <value>The default is 2048.</value>
    [Range(1, int.MaxValue)]
    public int? MaxPlanTokens { get; init; } = 2048;

    /// <summary>Largest answer to a step, in tokens: the output limit of an execution call; null for that of <c>agent.llm</c>.</summary>
    /// <value>The default is 2048.</value>
    [Range(1, int.MaxValue)]
    public int? MaxStepTokens { get; init; } = 2048;

    /// <summary>Largest final answer, in tokens: the output limit of the final call; null for that of <c>agent.llm</c>.</summary>
    /// <value>The default is 2048.</value>
    [Range(1, int.MaxValue)]
    public int? MaxSynthesisTokens { get; init; } = 2048;

    /// <summary>Longest result of a tool, in characters, that the agent is sent; of a longer one the middle is left out, which it is
    /// told. Null for no limit. Ours.</summary>
    /// <value>The default is 50000.</value>
    [Range(1000, int.MaxValue)]
    public int? MaxToolResultCharacters { get; init; } = 50_000;

    /// <summary>Whether an execution call may or must use a tool.</summary>
    /// <value>The default is <c>auto</c>.</value>
    public ToolChoice ToolChoice { get; init; } = ToolChoice.Auto;
}
