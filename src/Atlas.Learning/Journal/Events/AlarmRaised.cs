namespace Atlas.Learning.Journal;

/// <summary>Rewards have declined without a draw that would explain it. Excludes no session and stops nothing; if another version was
/// current while rewards were usual, it goes on trial against the current one.</summary>
public sealed record AlarmRaised : LearningKeyEvent
{
    /// <summary>The current version.</summary>
    public required int Version { get; init; }

    /// <summary>The version that was current while the alarm learned what is usual; 0 for none.</summary>
    public required int GoodVersion { get; init; }

    /// <summary>Number of sessions watched until then.</summary>
    public required long Watched { get; init; }

    /// <summary>Without a decline, there is about one false alarm in this many sessions.</summary>
    public required double Limit { get; init; }
}
