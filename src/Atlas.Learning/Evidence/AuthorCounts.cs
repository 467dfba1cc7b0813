using System.Collections.Immutable;

namespace Atlas.Learning.Evidence;

/// <summary>How many of a key's latest sessions that count as evidence came from each author. Immutable, and bounded in size whatever the
/// number of authors.</summary>
public sealed record AuthorCounts
{
    /// <summary>The number of authors kept; beyond it, the rarest are dropped.</summary>
    public const int Kept = 32;

    /// <summary>The number of sessions after which all figures are halved, so that old sessions lose their weight.</summary>
    public const int Window = 512;

    /// <summary>No sessions.</summary>
    public static AuthorCounts None { get; } = new();

    /// <summary>Sessions by author; see <see cref="AuthorIdentity"/>.</summary>
    public ImmutableSortedDictionary<string, int> Sessions { get; init; } = ImmutableSortedDictionary.Create<string, int>(StringComparer.Ordinal);

    /// <summary>All of them.</summary>
    public int Total { get; init; }

    /// <summary>Returns the counts with one more session.</summary>
    public AuthorCounts Add(string author)
    {
        ArgumentNullException.ThrowIfNull(author);
        var sessions = Sessions.SetItem(author, Sessions.GetValueOrDefault(author) + 1);
        if (sessions.Count > Kept)
        {
            sessions = sessions.Remove(sessions.Where(each => each.Key != author).MinBy(each => each.Value).Key);
        }

        if (Total + 1 < Window)
        {
            return new() { Sessions = sessions, Total = Total + 1 };
        }

        sessions = sessions.Select(each => KeyValuePair.Create(each.Key, each.Value / 2)).Where(each => each.Value > 0).ToImmutableSortedDictionary(StringComparer.Ordinal);
        return new() { Sessions = sessions, Total = (Total + 1) / 2 };
    }
}
