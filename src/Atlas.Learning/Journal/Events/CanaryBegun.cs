namespace Atlas.Learning.Journal;

/// <summary>The current version is tried against an earlier one, because an alarm was raised.</summary>
public sealed record CanaryBegun : LearningKeyEvent
{
    /// <summary>Both versions.</summary>
    public required CanaryOffer Offer { get; init; }

    /// <summary>What the earlier one says.</summary>
    public required ServedPlaybook Parent { get; init; }

    public string? Reason { get; init; }
}
