using System.Text.Json.Serialization;
using Atlas.Domain;

namespace Atlas.Learning.Journal;

/// <summary>A session that was counted without a reward got one.</summary>
public sealed record SessionRewarded : LearningKeyEvent
{
    public required long SessionId { get; init; }

    /// <summary>The session as it was counted, with its reward.</summary>
    public required SessionOutcome Outcome { get; init; }

    /// <summary>Whether the reward counts for the impact of the served entries; see
    /// <see cref="SessionObserved.CountsForImpact"/>.</summary>
    public bool CountsForImpact { get; init; } = true;

    /// <summary>The number of rewards that the key keeps for the drift baseline from now on.</summary>
    public required int RewardWindow { get; init; }

    /// <summary>Whether it begins to teach with this reward.</summary>
    public bool Teaches { get; init; }

    /// <inheritdoc cref="SessionObserved.PendingLimit"/>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int PendingLimit { get; init; }

    /// <summary>Whether it was evidence without its reward; null if the key's state says so, and in older events.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public EvidenceStanding? Evidence { get; init; }
}
