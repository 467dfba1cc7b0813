namespace Atlas.Learning.Journal;

/// <summary>The current version went on trial against an earlier one because of an alarm.</summary>
public sealed record CanaryBegun : LearningKeyEvent
{
    /// <summary>Both versions.</summary>
    public required CanaryOffer Offer { get; init; }

    /// <summary>The content of the earlier one.</summary>
    public required ServedPlaybook Parent { get; init; }

    public string? Reason { get; init; }
}
