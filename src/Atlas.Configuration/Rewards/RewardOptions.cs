using System.ComponentModel.DataAnnotations;
using System.Text.Json;

namespace Atlas.Configuration.Rewards;

/// <summary>The block <c>adaptive_teaching.reward</c>: where a session's reward comes from.</summary>
public sealed record RewardOptions
{
    /// <summary>Who judges: the judges of <c>rim</c>, a judge of your own in the silo, or one over HTTP.</summary>
    /// <value>The default is <c>rim</c>.</value>
    public RewardType Type { get; init; } = RewardType.Rim;

    /// <summary>The name under which your own judge is registered. Required with <c>type: python</c>.</summary>
    /// <value>The default is none.</value>
    public string? ImportPath { get; init; }

    /// <summary>The second part of that name, after a colon.</summary>
    /// <value>The default is none.</value>
    public string? Attribute { get; init; }

    /// <summary>Where sessions are posted to. Required with <c>type: http</c>: an absolute http or https address.</summary>
    /// <value>The default is none.</value>
    public string? Address { get; init; }

    /// <summary>With <c>type: rim</c>, keys that override those of <c>rim</c>; otherwise whatever your judge expects.</summary>
    /// <value>The default is none.</value>
    public JsonElement Parameters { get; init; } = FreeForm.Empty;

    /// <summary>Time limit for judging a session as a whole, in seconds; 0 means no limit.</summary>
    /// <value>The default is none: the models' own limits.</value>
    [Range(0d, double.MaxValue)]
    public double? TimeoutSeconds { get; init; }

    /// <summary>Maximum number of attempts to judge a session. If all of them fail, the session has no reward.</summary>
    /// <value>The default is 8, which with the growing pauses takes about an hour and a half.</value>
    [Range(1, 100)]
    public int MaxAttempts { get; init; } = 8;

    /// <summary>What the judges should pay particular attention to. Takes precedence over <c>rim.judge_prompt</c>.</summary>
    /// <value>The default is none.</value>
    public string? FocusPrompt { get; init; }

    /// <summary>How many past sessions the judge scores again and again, so that you can tell a change of the judge from a change of the
    /// agent; 0 turns this off. Each costs as much as judging it, once in <c>panel_days</c>, and is paid from the same budget.</summary>
    /// <value>The default is 0.</value>
    [Range(0, 500)]
    public int PanelSessions { get; init; }

    /// <summary>Days until the judge scores each session of the panel again.</summary>
    /// <value>The default is 7.</value>
    [Range(1, 365)]
    public int PanelDays { get; init; } = 7;
}
