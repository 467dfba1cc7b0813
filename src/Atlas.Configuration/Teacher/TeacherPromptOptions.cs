using System.ComponentModel.DataAnnotations;

namespace Atlas.Configuration.Teacher;

/// <summary>The block <c>teacher.prompts</c>: set all three or none. <c>{base_prompt}</c> is replaced by the agent's system
/// prompt.</summary>
public sealed record TeacherPromptOptions
{
    /// <summary>System prompt for the review of a plan.</summary>
    [Required]
    public required string PlanReview { get; init; }

    /// <summary>System prompt for the verdict on a step.</summary>
    [Required]
    public required string Validation { get; init; }

    /// <summary>System prompt for guidance.</summary>
    [Required]
    public required string Guidance { get; init; }
}
