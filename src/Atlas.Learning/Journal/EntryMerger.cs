using System.Text.Json.Serialization;
using Atlas.Domain.Playbooks;

namespace Atlas.Learning.Journal;

/// <summary>Two entries that were merged, or separated again.</summary>
/// <param name="Kept">The id of the entry that stays.</param>
/// <param name="Entry">The id of the other entry.</param>
/// <param name="Gone">The other entry as it was, so that it can be restored; null when it is restored.</param>
/// <param name="Similarity">How similar they are; null if a person decided.</param>
public sealed record EntryMerger(
    string Kept,
    string Entry,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] PlaybookEntry? Gone = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Similarity = null);
