using System.Text.Json.Serialization;
using Atlas.Learning.Evidence;

namespace Atlas.Learning.Journal;

/// <summary>A person put an entry on trial, or withdrew it.</summary>
public sealed record EntryStandingSet : LearningKeyEvent
{
    /// <summary>The entry, with its state before and now.</summary>
    public required EntryJudgement Entry { get; init; }

    public string? Reason { get; init; }

    /// <summary>The number of its trial if one begins, with this event or anew; see <see cref="EntryTrial.Number"/>. Null if the trial goes
    /// on, and in older events.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Trial { get; init; }
}
