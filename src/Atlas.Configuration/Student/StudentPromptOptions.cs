using System.ComponentModel.DataAnnotations;

namespace Atlas.Configuration.Student;

/// <summary>The block <c>student.prompts</c>: set all three or none. <c>{base_prompt}</c> is replaced by the agent's system
/// prompt.</summary>
public sealed record StudentPromptOptions
{
    /// <summary>System prompt for planning.</summary>
    [Required]
    public required string Planner { get; init; }

    /// <summary>System prompt for a step.</summary>
    [Required]
    public required string Executor { get; init; }

    /// <summary>System prompt for the final answer.</summary>
    [Required]
    public required string Synthesizer { get; init; }
}
