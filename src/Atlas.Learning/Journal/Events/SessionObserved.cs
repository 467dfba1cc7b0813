using System.Text.Json.Serialization;
using Atlas.Domain;

namespace Atlas.Learning.Journal;

/// <summary>A finished session was counted.</summary>
public sealed record SessionObserved : LearningKeyEvent
{
    public required long SessionId { get; init; }

    public required SessionOutcome Outcome { get; init; }

    /// <summary>Whether it counts for the impact of the served entries; false if <c>learning.usage_tracking.enabled</c> is off, and while
    /// no playbook reaches prompts.</summary>
    public bool CountsForImpact { get; init; } = true;

    /// <summary>The number of rewards that the key keeps for the drift baseline from now on.</summary>
    public required int RewardWindow { get; init; }

    /// <summary>Whether it teaches from now on.</summary>
    public bool Teaches { get; init; }

    /// <summary>How many waiting sessions the key knows by their ids from now on; 0 for no bound.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int PendingLimit { get; init; }

    /// <summary>Whether its reward arrived after its end, but before it was counted.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsLateReward { get; init; }
}
