using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;

namespace Atlas.Models.Judges;

/// <summary>Options for when the arbiter is asked, and what the judges see.</summary>
public sealed record JudgeEnsembleOptions
{
    /// <summary>Gets the standard deviation of the scores above which the arbiter is asked.</summary>
    /// <value>The default is 0.15.</value>
    [Range(0d, double.MaxValue)]
    public double VarianceThreshold { get; init; } = 0.15;

    /// <summary>Gets the uncertainty of a judgement above which the arbiter is asked.</summary>
    /// <value>The default is 0.3.</value>
    [Range(0d, 1d)]
    public double UncertaintyThreshold { get; init; } = 0.3;

    /// <summary>Gets the largest number of concurrent calls, over all sessions that this ensemble judges.</summary>
    /// <value>The default is 4.</value>
    [Range(1, 32)]
    public int MaxParallelCalls { get; init; } = 4;

    /// <summary>Gets the time limit for judging a session, in seconds; 0 means no limit.</summary>
    /// <value>The default is 0: the limits of the models apply.</value>
    [Range(0d, 86_400d)]
    public double TimeoutSeconds { get; init; }

    /// <summary>Gets what the judges should pay special attention to.</summary>
    /// <value>The default is null: nothing special.</value>
    public string? FocusPrompt { get; init; }

    /// <summary>Gets the largest number of characters of the task and of the final answer in a prompt; the middle of a longer text is left
    /// out.</summary>
    /// <value>The default is 16,000.</value>
    [Range(200, 1_000_000)]
    public int TextCharacters { get; init; } = 16_000;

    /// <summary>Gets the largest number of characters of all steps together in a prompt.</summary>
    /// <value>The default is 16,000.</value>
    [Range(1_000, 1_000_000)]
    public int StepCharacters { get; init; } = 16_000;

    /// <summary>Gets the keys of the caller's metadata that the judges can see. Do not include anything that reveals what was learned or
    /// injected: a judge that sees it judges the learning instead of the work.</summary>
    /// <value>The default is a list of keys that describe the task.</value>
    public ImmutableArray<string> MetadataKeys { get; init; } =
        ["acceptance_criteria", "constraints", "domain", "expected_format", "language", "locale", "task_type"];
}
