using System.ComponentModel.DataAnnotations;

namespace Atlas.Models.Judges;

/// <summary>Options of a judge over HTTP.</summary>
/// <remarks>The judge receives a POST with the JSON <c>{task, execution_mode, teacher_intervened, plan, steps, final_answer,
/// session_metadata, focus_prompt}</c> and answers with status 200 and <c>{score, uncertainty, rationale, principles}</c>. <c>score</c> and
/// <c>uncertainty</c> are required and are numbers from 0 to 1; a judge that measures and is certain sends an uncertainty of 0.</remarks>
public sealed record HttpJudgeOptions
{
    /// <summary>Gets the judge's name for the records.</summary>
    /// <value>The default is <c>http_judge</c>.</value>
    [Required(AllowEmptyStrings = false)]
    public string Name { get; init; } = "http_judge";

    /// <summary>Gets the absolute HTTP or HTTPS address to which sessions are posted.</summary>
    [Required]
    public required Uri Address { get; init; }

    /// <summary>Gets the time limit of a judgement in seconds; 0 means no limit.</summary>
    /// <value>The default is 60.</value>
    [Range(0d, 86_400d)]
    public double TimeoutSeconds { get; init; } = 60;

    /// <summary>Gets what is sent, and how much of it.</summary>
    public JudgeEnsembleOptions Evidence { get; init; } = new();
}
