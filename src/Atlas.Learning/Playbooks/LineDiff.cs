using System.Collections.Immutable;

namespace Atlas.Learning.Playbooks;

/// <summary>Compares two texts line by line, keeping as many common lines as possible.</summary>
internal static class LineDiff
{
    /// <summary>The number of line pairs above which the changed middle is replaced as a whole.</summary>
    private const long MaxPairs = 4_000_000;

    public static ImmutableArray<LineChange> Between(string? before, string? after)
    {
        var old = Lines(before);
        var now = Lines(after);
        var head = 0;
        while (head < old.Length && head < now.Length && old[head] == now[head])
        {
            head++;
        }

        var tail = 0;
        while (tail < old.Length - head && tail < now.Length - head && old[^(tail + 1)] == now[^(tail + 1)])
        {
            tail++;
        }

        return Middle(old.AsSpan(head, old.Length - head - tail), now.AsSpan(head, now.Length - head - tail), head);
    }

    /// <summary>Returns the lines of a text, with any line endings; none if it is empty.</summary>
    public static string[] Lines(string? text) =>
        string.IsNullOrEmpty(text) ? [] : text.ReplaceLineEndings("\n").Split('\n');

    private static ImmutableArray<LineChange> Middle(ReadOnlySpan<string> old, ReadOnlySpan<string> now, int offset)
    {
        if ((long)old.Length * now.Length > MaxPairs)
        {
            return Replaced(old, now, offset);
        }

        var common = CommonLengths(old, now);
        var changes = ImmutableArray.CreateBuilder<LineChange>();
        int i = 0, j = 0;
        while (i < old.Length || j < now.Length)
        {
            if (i < old.Length && j < now.Length && old[i] == now[j])
            {
                i++;
                j++;
            }
            else if (i < old.Length && (j == now.Length || common[i + 1, j] >= common[i, j + 1]))
            {
                changes.Add(new LineChange(LineChangeKind.Removed, offset + ++i, old[i - 1]));
            }
            else
            {
                changes.Add(new LineChange(LineChangeKind.Added, offset + ++j, now[j - 1]));
            }
        }

        return changes.ToImmutable();
    }

    private static ImmutableArray<LineChange> Replaced(ReadOnlySpan<string> old, ReadOnlySpan<string> now, int offset)
    {
        var changes = ImmutableArray.CreateBuilder<LineChange>(old.Length + now.Length);
        for (var i = 0; i < old.Length; i++)
        {
            changes.Add(new LineChange(LineChangeKind.Removed, offset + i + 1, old[i]));
        }

        for (var j = 0; j < now.Length; j++)
        {
            changes.Add(new LineChange(LineChangeKind.Added, offset + j + 1, now[j]));
        }

        return changes.MoveToImmutable();
    }

    /// <summary>Returns, for each pair of positions, how many lines the remainders have in common, in order.</summary>
    private static int[,] CommonLengths(ReadOnlySpan<string> old, ReadOnlySpan<string> now)
    {
        var lengths = new int[old.Length + 1, now.Length + 1];
        for (var i = old.Length - 1; i >= 0; i--)
        {
            for (var j = now.Length - 1; j >= 0; j--)
            {
                lengths[i, j] = old[i] == now[j] ? lengths[i + 1, j + 1] + 1 : Math.Max(lengths[i + 1, j], lengths[i, j + 1]);
            }
        }

        return lengths;
    }
}
