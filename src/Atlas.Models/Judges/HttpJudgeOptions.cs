using System.ComponentModel.DataAnnotations;

namespace Atlas.Models.Judges;

/// <summary>A judge behind HTTP.</summary>
/// <remarks>It gets a POST with the JSON <c>{task, execution_mode, teacher_intervened, plan, steps, final_answer,
/// session_metadata, focus_prompt}</c> and answers with status 200 and <c>{score, uncertainty, rationale, principles}</c>, of
/// which <c>score</c> and <c>uncertainty</c>, numbers from 0 to 1, have to be there; who measures and is sure sends 0.</remarks>
public sealed record HttpJudgeOptions
{
    /// <summary>The judge's name, for the records.</summary>
    /// <value>The default is <c>http_judge</c>.</value>
    [Required(AllowEmptyStrings = false)]
    public string Name { get; init; } = "http_judge";

    /// <summary>Where the sessions are posted to; an absolute http or https address.</summary>
    [Required]
    public required Uri Address { get; init; }

    /// <summary>Seconds one judgement may take; 0 means no limit.</summary>
    /// <value>The default is 60.</value>
    [Range(0d, 86_400d)]
    public double TimeoutSeconds { get; init; } = 60;

    /// <summary>What is sent, and how much of it.</summary>
    public JudgeEnsembleOptions Evidence { get; init; } = new();
}
