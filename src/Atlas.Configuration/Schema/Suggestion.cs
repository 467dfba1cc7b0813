namespace Atlas.Configuration.Schema;

/// <summary>Guesses which name somebody meant.</summary>
public static class Suggestion
{
    private const int ShortestBeginning = 4;

    /// <summary>The one candidate that begins with what was written, else the nearest to it, or null if none is near.</summary>
    public static string? For(string written, IEnumerable<string> candidates)
    {
        var wanted = KeyNames.Loose(written);
        var all = candidates.ToList();
        if (wanted.Length >= ShortestBeginning
            && all.Where(candidate => KeyNames.Loose(candidate).StartsWith(wanted, StringComparison.Ordinal)).Take(2).ToList() is [var begun])
        {
            return begun;
        }

        var best = all
            .Select(candidate => (Name: candidate, Distance: Distance(wanted, KeyNames.Loose(candidate))))
            .OrderBy(candidate => candidate.Distance)
            .FirstOrDefault();
        var limit = Math.Max(1, Math.Min(wanted.Length, 64) / 3);
        return best.Name is not null && best.Distance <= limit ? best.Name : null;
    }

    /// <summary>Insertions, deletions, replacements and swaps of neighbours that make one text of the other.</summary>
    private static int Distance(string left, string right)
    {
        if (Math.Max(left.Length, right.Length) > 64)
        {
            return int.MaxValue;
        }

        var rows = new int[left.Length + 1, right.Length + 1];
        for (var i = 0; i <= left.Length; i++)
        {
            rows[i, 0] = i;
        }

        for (var j = 0; j <= right.Length; j++)
        {
            rows[0, j] = j;
        }

        for (var i = 1; i <= left.Length; i++)
        {
            for (var j = 1; j <= right.Length; j++)
            {
                var replaced = rows[i - 1, j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1);
                rows[i, j] = Math.Min(replaced, Math.Min(rows[i - 1, j], rows[i, j - 1]) + 1);
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                {
                    rows[i, j] = Math.Min(rows[i, j], rows[i - 2, j - 2] + 1);
                }
            }
        }

        return rows[left.Length, right.Length];
    }
}
