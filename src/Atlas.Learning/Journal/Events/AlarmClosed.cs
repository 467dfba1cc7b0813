namespace Atlas.Learning.Journal;

/// <summary>An alarm was closed because no trial can answer it, or because its trial was dropped. Watching begins again; the alarm stays
/// visible until it is known what is usual now.</summary>
public sealed record AlarmClosed : LearningKeyEvent
{
    public string? Reason { get; init; }
}
