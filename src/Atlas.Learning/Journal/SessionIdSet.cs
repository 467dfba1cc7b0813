using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Atlas.Learning.Journal;

/// <summary>A set of session ids in bounded space: sorted ranges, of which only the highest are kept.</summary>
/// <remarks>Ids increase, so the sessions of a busy key collapse into few ranges. Ids up to <see cref="ForgottenUpTo"/> are no longer known
/// here; ask the journal's index for them.</remarks>
public sealed record SessionIdSet
{
    /// <summary>The number of ranges kept; 128 of them take 2 kB.</summary>
    public const int MaxRanges = 128;

    public static SessionIdSet Empty { get; } = new();

    /// <summary>Disjoint, not adjacent, ascending. The JSON form is a text of distances, <c>~3 3 3-2</c> for 3, 6 and 9 to 11.</summary>
    [JsonConverter(typeof(SessionIdRangesJson))]
    public ImmutableArray<SessionIdRange> Ranges { get; init; } = [];

    /// <summary>Highest id that could have been dropped; 0 if nothing was.</summary>
    public long ForgottenUpTo { get; init; }

    /// <summary>Returns true or false if it is certain; null for an id that could have been dropped.</summary>
    public bool? Contains(long id)
    {
        var index = FirstRangeEndingAtOrAfter(id);
        if (index < Ranges.Length && Ranges[index].First <= id)
        {
            return true;
        }

        return id <= ForgottenUpTo ? null : false;
    }

    /// <summary>Returns the set with <paramref name="id"/>; the same instance if it is already there, or among the dropped.</summary>
    public SessionIdSet Add(long id)
    {
        if (id <= ForgottenUpTo || Contains(id) is true)
        {
            return this;
        }

        var index = FirstRangeEndingAtOrAfter(id);
        var joinsLeft = index > 0 && Ranges[index - 1].Last == id - 1;
        var joinsRight = index < Ranges.Length && Ranges[index].First == id + 1;
        var ranges = (joinsLeft, joinsRight) switch
        {
            (true, true) => Ranges
                .SetItem(index - 1, new SessionIdRange(Ranges[index - 1].First, Ranges[index].Last))
                .RemoveAt(index),
            (true, false) => Ranges.SetItem(index - 1, Ranges[index - 1] with { Last = id }),
            (false, true) => Ranges.SetItem(index, Ranges[index] with { First = id }),
            (false, false) => Ranges.Insert(index, new SessionIdRange(id, id)),
        };
        return ranges.Length <= MaxRanges
            ? this with { Ranges = ranges }
            : new SessionIdSet { Ranges = ranges.RemoveAt(0), ForgottenUpTo = ranges[0].Last };
    }

    /// <summary>Returns the set without <paramref name="id"/>; the same instance if it is not certainly there.</summary>
    public SessionIdSet Remove(long id)
    {
        if (Contains(id) is not true)
        {
            return this;
        }

        var index = FirstRangeEndingAtOrAfter(id);
        var range = Ranges[index];
        var ranges = Ranges.RemoveAt(index);
        if (range.Last > id)
        {
            ranges = ranges.Insert(index, range with { First = id + 1 });
        }

        if (range.First < id)
        {
            ranges = ranges.Insert(index, range with { Last = id - 1 });
        }

        return this with { Ranges = ranges };
    }

    private int FirstRangeEndingAtOrAfter(long id)
    {
        var (low, high) = (0, Ranges.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (Ranges[middle].Last < id)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    public bool Equals(SessionIdSet? other) =>
        other is not null && ForgottenUpTo == other.ForgottenUpTo && Ranges.SequenceEqual(other.Ranges);

    public override int GetHashCode() => HashCode.Combine(ForgottenUpTo, Ranges.Length);
}

/// <summary>The ids from <paramref name="First"/> to <paramref name="Last"/>, inclusive.</summary>
public readonly record struct SessionIdRange(long First, long Last);
