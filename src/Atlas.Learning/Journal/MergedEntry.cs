using System.Collections.Immutable;
using Atlas.Domain.Playbooks;

namespace Atlas.Learning.Journal;

/// <summary>An entry that was merged into another.</summary>
/// <param name="Kept">The id of the entry that stayed.</param>
/// <param name="Gone">The entry as it was.</param>
/// <param name="Similarity">How similar they were; null if a person decided.</param>
/// <param name="Version">The first version without it.</param>
/// <param name="At">The time.</param>
/// <param name="Author">Who merged them.</param>
/// <param name="Undone">Whether the merge was undone; in that case the two are not merged automatically again.</param>
public sealed record MergedEntry(string Kept, PlaybookEntry Gone, double? Similarity, int Version, DateTimeOffset At, string Author, bool Undone)
{
    /// <summary>The largest number of merges that a key keeps and can undo, newest last; older ones are only in the journal and the
    /// archive.</summary>
    public const int Most = 50;

    internal static ImmutableArray<MergedEntry>? After(ImmutableArray<MergedEntry>? known, PlaybookChanged changed)
    {
        if (changed.Merger is not { } merger)
        {
            return known;
        }

        ImmutableArray<MergedEntry> before = known ?? [];
        if (merger.Gone is null)
        {
            return [.. before.Select(merged => merged.Gone.Id == merger.Entry && merged.Kept == merger.Kept ? merged with { Undone = true } : merged)];
        }

        var after = before.Add(new(merger.Kept, merger.Gone, merger.Similarity, changed.Version, changed.At, changed.Author, Undone: false));
        return after.Length <= Most ? after : after[^Most..];
    }
}
