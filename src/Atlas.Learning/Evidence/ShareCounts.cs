using System.Collections.Immutable;

namespace Atlas.Learning.Evidence;

/// <summary>Counts the sessions that were shown and not shown what is on trial, by the probability of the draw.</summary>
/// <remarks>Probabilities are rounded to a thousandth, so there are at most 999 groups; in practice two or three.</remarks>
public sealed class ShareCounts : IEquatable<ShareCounts>
{
    /// <summary>Groups of probabilities in a unit.</summary>
    public const int Steps = 1000;

    /// <summary>No session.</summary>
    public static ShareCounts None { get; } = new([]);

    private ShareCounts(ImmutableArray<ShareCount> groups)
    {
        Groups = groups;
        foreach (var group in groups)
        {
            Shown += group.Shown;
            Held += group.Held;
        }
    }

    /// <summary>Sessions that were shown it.</summary>
    public long Shown { get; }

    /// <summary>Sessions from which it was withheld.</summary>
    public long Held { get; }

    /// <summary>Whether sessions were taken out that were never in: the evidence mixes two trials, and means nothing.</summary>
    public bool IsImpossible => Groups.Any(group => group.Shown < 0 || group.Held < 0);

    /// <summary>The groups, by ascending probability; none without a session.</summary>
    public ImmutableArray<ShareCount> Groups { get; }

    /// <summary>One session.</summary>
    internal static ShareCounts Of(double p, bool shown) => new([new(Math.Clamp((int)Math.Round(p * Steps), 1, Steps - 1), shown ? 1 : 0, shown ? 0 : 1)]);

    /// <summary>Creates counts from groups in any order.</summary>
    internal static ShareCounts Of(IEnumerable<ShareCount> groups) => groups.Aggregate(None, (sum, group) => sum.Plus(group, 1));

    /// <summary>Returns the counts with (<paramref name="sign"/> 1) or without (−1) all sessions of another.</summary>
    internal ShareCounts With(ShareCounts other, int sign)
    {
        var sum = this;
        foreach (var group in other.Groups)
        {
            sum = sum.Plus(group, sign);
        }

        return sum;
    }

    private ShareCounts Plus(ShareCount group, int sign)
    {
        var index = 0;
        while (index < Groups.Length && Groups[index].Step < group.Step)
        {
            index++;
        }

        var isKnown = index < Groups.Length && Groups[index].Step == group.Step;
        var before = isKnown ? Groups[index] : default;
        var after = new ShareCount(group.Step, before.Shown + (sign * group.Shown), before.Held + (sign * group.Held));
        return new(after is { Shown: 0, Held: 0 }
            ? isKnown ? Groups.RemoveAt(index) : Groups
            : isKnown ? Groups.SetItem(index, after) : Groups.Insert(index, after));
    }

    public bool Equals(ShareCounts? other) => other is not null && Groups.SequenceEqual(other.Groups);

    public override bool Equals(object? obj) => Equals(obj as ShareCounts);

    public override int GetHashCode() => HashCode.Combine(Shown, Held, Groups.Length);
}

/// <summary>Sessions with one probability of being shown.</summary>
/// <param name="Step">The probability in thousandths, 1 to 999.</param>
/// <param name="Shown">Sessions that were shown it.</param>
/// <param name="Held">Sessions from which it was withheld.</param>
public readonly record struct ShareCount(int Step, long Shown, long Held)
{
    /// <summary>The probability.</summary>
    public double P => (double)Step / ShareCounts.Steps;
}
