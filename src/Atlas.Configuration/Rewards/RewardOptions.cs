using System.ComponentModel.DataAnnotations;
using System.Text.Json;

namespace Atlas.Configuration.Rewards;

/// <summary>The block <c>adaptive_teaching.reward</c>: where a session's reward comes from.</summary>
public sealed record RewardOptions
{
    /// <summary>The judges of <c>rim</c>, a judge of your own in the silo, or one over HTTP.</summary>
    /// <value>The default is <c>rim</c>.</value>
    public RewardType Type { get; init; } = RewardType.Rim;

    /// <summary>The name your own judge is registered under. Required with <c>type: python</c>.</summary>
    /// <value>The default is none.</value>
    public string? ImportPath { get; init; }

    /// <summary>Second part of that name, after a colon.</summary>
    /// <value>The default is none.</value>
    public string? Attribute { get; init; }

    /// <summary>Where sessions are posted to. Required with <c>type: http</c>: an absolute http or https address.</summary>
    /// <value>The default is none.</value>
    public string? Address { get; init; }

    /// <summary>With <c>type: rim</c>, keys laid over those of <c>rim</c>; otherwise whatever your judge takes.</summary>
    /// <value>The default is none.</value>
    public JsonElement Parameters { get; init; } = FreeForm.Empty;

    /// <summary>Seconds the whole judging of a session may take; 0 means no limit.</summary>
    /// <value>The default is none: the models' own limits.</value>
    [Range(0d, double.MaxValue)]
    public double? TimeoutSeconds { get; init; }

    /// <summary>How often a session is tried that no judge can judge; then it has no reward.</summary>
    /// <value>The default is 8, which with the growing pauses takes about an hour and a half.</value>
    [Range(1, 100)]
    public int MaxAttempts { get; init; } = 8;

    /// <summary>What the judges should look at in particular; goes before <c>rim.judge_prompt</c>.</summary>
    /// <value>The default is none.</value>
    public string? FocusPrompt { get; init; }
}
