using System.ComponentModel.DataAnnotations;

namespace Atlas.Configuration.Student;

/// <summary>The block <c>student</c>: how the agent is asked to plan, execute and summarize.</summary>
public sealed record StudentOptions
{
    /// <summary>Prompts that replace the built-in ones.</summary>
    /// <value>The default is none: the built-in prompts.</value>
    public StudentPromptOptions? Prompts { get; init; }

    /// <summary>Maximum size of a plan, in tokens: the output limit of a planning call. Null uses the limit of <c>agent.llm</c>.</summary>
    /// <value>The default is 2048.</value>
    [Range(1, int.MaxValue)]
    public int? MaxPlanTokens { get; init; } = 2048;

    /// <summary>Maximum size of the answer to a step, in tokens: the output limit of an execution call. Null uses the limit of
    /// <c>agent.llm</c>.</summary>
    /// <value>The default is 2048.</value>
    [Range(1, int.MaxValue)]
    public int? MaxStepTokens { get; init; } = 2048;

    /// <summary>Maximum size of the final answer, in tokens: the output limit of the final call. Null uses the limit of
    /// <c>agent.llm</c>.</summary>
    /// <value>The default is 2048.</value>
    [Range(1, int.MaxValue)]
    public int? MaxSynthesisTokens { get; init; } = 2048;

    /// <summary>Maximum length of a tool result, in characters, that the agent receives. A longer result loses its middle, and the agent is
    /// told so. Null means no limit. Not in the original SDK.</summary>
    /// <value>The default is 50000.</value>
    [Range(1000, int.MaxValue)]
    public int? MaxToolResultCharacters { get; init; } = 50_000;

    /// <summary>Whether an execution call may use a tool or must use one.</summary>
    /// <value>The default is <c>auto</c>.</value>
    public ToolChoice ToolChoice { get; init; } = ToolChoice.Auto;
}
