using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Atlas.Learning.Journal;

/// <summary>The evidence of the session before this event changed the state of entries. The evidence itself follows from the
/// sessions.</summary>
public sealed record EntriesJudged : LearningKeyEvent
{
    public required ImmutableArray<EntryJudgement> Entries { get; init; }

    /// <summary>Whether final states hold although they no longer follow from the sessions, because some of those were forgotten. False in
    /// journals from which nothing was forgotten.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Holds { get; init; }
}
