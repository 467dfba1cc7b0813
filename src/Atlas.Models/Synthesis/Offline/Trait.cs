using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace Atlas.Models.Synthesis.Offline;

/// <summary>The kinds of traits of a session.</summary>
internal enum TraitKind
{
    /// <summary>The session called the tool.</summary>
    Tool,

    /// <summary>The session called one tool directly before another; only for sessions that called the other.</summary>
    Order,

    /// <summary>The student used the word; only for sessions in which it said anything.</summary>
    StudentWord,

    /// <summary>The task contains the word.</summary>
    TaskWord,
}

/// <summary>Something that a session shows or lacks.</summary>
/// <param name="Kind">The kind of trait.</param>
/// <param name="Name">The tool or word; for an order, the earlier tool.</param>
/// <param name="Next">For an order, the later tool; otherwise, blank.</param>
/// <param name="Shown">For each session: 1 if it shows the trait, 0 if it lacks it, -1 if it is not asked.</param>
internal sealed record Trait(TraitKind Kind, string Name, string Next, ImmutableArray<sbyte> Shown)
{
    /// <summary>Gets a value indicating whether it is something that the student did, rather than an indication of something.</summary>
    public bool IsAction => Kind is TraitKind.Tool or TraitKind.Order;

    /// <summary>Gets the trait in words, for records: <c>tool x</c>, <c>x before y</c>.</summary>
    public string Label => Kind switch
    {
        TraitKind.Tool => $"tool {Name}",
        TraitKind.Order => $"{Name} before {Next}",
        TraitKind.StudentWord => $"student's word {Name}",
        _ => $"task word {Name}",
    };

    /// <summary>Returns the id of an entry about this trait, which does not depend on the counts.</summary>
    public string EntryId(bool good)
    {
        var text = $"{Kind}\n{Name}\n{Next}\n{(good ? "good" : "bad")}";
        return "offline-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..12];
    }

    /// <summary>Returns the share of the sessions with either trait that have both.</summary>
    public double Overlap(Trait other)
    {
        var both = 0;
        var either = 0;
        for (var i = 0; i < Shown.Length; i++)
        {
            both += Shown[i] == 1 && other.Shown[i] == 1 ? 1 : 0;
            either += Shown[i] == 1 || other.Shown[i] == 1 ? 1 : 0;
        }

        return either == 0 ? 0 : (double)both / either;
    }
}
