using System.Collections.Immutable;
using Atlas.Learning.Playbooks;

namespace Atlas.Pages.Keys;

/// <summary>A row of two texts side by side; null if a text has no line in it.</summary>
/// <param name="Before">The line of the first text.</param>
/// <param name="After">The line of the second.</param>
/// <param name="IsSame">Whether both say the same.</param>
public sealed record LinePair(string? Before, string? After, bool IsSame);

/// <summary>Aligns two texts side by side by what changed between them.</summary>
internal static class SideBySideLines
{
    private const int MostLines = 400;

    public static ImmutableArray<LinePair> Of(string? before, string? after, ImmutableArray<LineChange> changes)
    {
        var (old, now) = (Lines(before), Lines(after));
        var removed = changes.Where(change => change.Kind is LineChangeKind.Removed).Select(change => change.Line - 1).ToHashSet();
        var added = changes.Where(change => change.Kind is LineChangeKind.Added).Select(change => change.Line - 1).ToHashSet();
        var rows = ImmutableArray.CreateBuilder<LinePair>();
        for (int i = 0, j = 0; (i < old.Length || j < now.Length) && rows.Count < MostLines;)
        {
            var (gone, come) = (i < old.Length && removed.Contains(i), j < now.Length && added.Contains(j));
            if (!gone && !come)
            {
                rows.Add(new LinePair(i < old.Length ? old[i] : null, j < now.Length ? now[j] : null, IsSame: true));
                (i, j) = (i + 1, j + 1);
                continue;
            }

            rows.Add(new LinePair(gone ? old[i] : null, come ? now[j] : null, IsSame: false));
            (i, j) = (i + (gone ? 1 : 0), j + (come ? 1 : 0));
        }

        return rows.ToImmutable();
    }

    private static string[] Lines(string? text) => string.IsNullOrEmpty(text) ? [] : text.ReplaceLineEndings("\n").Split('\n');
}
