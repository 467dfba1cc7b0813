using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;

namespace Atlas.Models.Judges;

/// <summary>When the arbiter is asked, and what the judges are shown.</summary>
public sealed record JudgeEnsembleOptions
{
    /// <summary>Standard deviation of the scores above which the arbiter is asked.</summary>
    /// <value>The default is 0.15.</value>
    [Range(0d, double.MaxValue)]
    public double VarianceThreshold { get; init; } = 0.15;

    /// <summary>Uncertainty of one judgement above which the arbiter is asked.</summary>
    /// <value>The default is 0.3.</value>
    [Range(0d, 1d)]
    public double UncertaintyThreshold { get; init; } = 0.3;

    /// <summary>Most calls under way at once, over all sessions this ensemble judges.</summary>
    /// <value>The default is 4.</value>
    [Range(1, 32)]
    public int MaxParallelCalls { get; init; } = 4;

    /// <summary>Seconds the whole judging of a session may take; 0 means no limit.</summary>
    /// <value>The default is 0: the models' own limits.</value>
    [Range(0d, 86_400d)]
    public double TimeoutSeconds { get; init; }

    /// <summary>What the judges should look at in particular.</summary>
    /// <value>The default is none.</value>
    public string? FocusPrompt { get; init; }

    /// <summary>Characters that task and final answer may each take in a prompt; the middle of a longer text is left out.</summary>
    /// <value>The default is 16 000.</value>
    [Range(200, 1_000_000)]
    public int TextCharacters { get; init; } = 16_000;

    /// <summary>Characters that all steps together may take in a prompt.</summary>
    /// <value>The default is 16 000.</value>
    [Range(1_000, 1_000_000)]
    public int StepCharacters { get; init; } = 16_000;

    /// <summary>Keys of the caller's metadata that the judges may see. Nothing that tells what was learned or injected
    /// belongs here: a judge that sees it judges the learning instead of the work.</summary>
    /// <value>The default is a list of keys that describe the task.</value>
    public ImmutableArray<string> MetadataKeys { get; init; } =
        ["acceptance_criteria", "constraints", "domain", "expected_format", "language", "locale", "task_type"];
}
