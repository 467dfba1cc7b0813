using System.ComponentModel.DataAnnotations;
using Atlas.Learning.Options;

namespace Atlas.Configuration.Teacher;

/// <summary>The block <c>teacher</c>: the model that reviews plans, validates steps and gives guidance.</summary>
public sealed record TeacherOptions
{
    /// <summary>The teacher's model.</summary>
    public required LlmParameters Llm { get; init; }

    /// <summary>Maximum size of a plan review, in tokens.</summary>
    /// <value>The default is none: <c>llm.max_output_tokens</c>.</value>
    [Range(1, int.MaxValue)]
    public int? MaxReviewTokens { get; init; }

    /// <summary>How long, in seconds, a reviewed plan is reused for the same task, plan and playbook; 0 means never.</summary>
    /// <value>The default is 300.</value>
    [Range(0, int.MaxValue)]
    public int PlanCacheSeconds { get; init; } = 300;

    /// <summary>Maximum size of the guidance, in tokens.</summary>
    /// <value>The default is none: <c>llm.max_output_tokens</c>.</value>
    [Range(1, int.MaxValue)]
    public int? GuidanceMaxTokens { get; init; }

    /// <summary>Maximum size of the verdict on a step, in tokens.</summary>
    /// <value>The default is none: <c>llm.max_output_tokens</c>.</value>
    [Range(1, int.MaxValue)]
    public int? ValidationMaxTokens { get; init; }

    /// <summary>Prompts that replace the built-in ones.</summary>
    /// <value>The default is none: the built-in prompts.</value>
    public TeacherPromptOptions? Prompts { get; init; }
}
