namespace Atlas.Learning.Journal;

/// <summary>Rewards have become lower than they were while nobody drew anything that would explain it. It hides no session and stops
/// nothing; the version that was current while rewards were usual is tried against the current one, if it is another.</summary>
public sealed record AlarmRaised : LearningKeyEvent
{
    /// <summary>The version that is current.</summary>
    public required int Version { get; init; }

    /// <summary>The version that was current while it was learned what is usual; 0 for none.</summary>
    public required int GoodVersion { get; init; }

    /// <summary>Sessions that were watched until then.</summary>
    public required long Watched { get; init; }

    /// <summary>Without a decline the alarm is wrong about once in so many sessions.</summary>
    public required double Limit { get; init; }
}
