using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace Atlas.Models.Synthesis.Offline;

/// <summary>What kind of thing a session may show.</summary>
internal enum TraitKind
{
    /// <summary>The session called the tool.</summary>
    Tool,

    /// <summary>The session called one tool directly before another; asked only of sessions that called the other.</summary>
    Order,

    /// <summary>The student used the word; asked only of sessions in which it said anything.</summary>
    StudentWord,

    /// <summary>The task contains the word.</summary>
    TaskWord,
}

/// <summary>Something that a session shows or lacks.</summary>
/// <param name="Kind">What kind of thing.</param>
/// <param name="Name">The tool or word; of an order the earlier tool.</param>
/// <param name="Next">Of an order the later tool; blank otherwise.</param>
/// <param name="Shown">Per session: 1 shows it, 0 lacks it, -1 is not asked.</param>
internal sealed record Trait(TraitKind Kind, string Name, string Next, ImmutableArray<sbyte> Shown)
{
    /// <summary>Whether it is something that the student did, rather than a sign of something.</summary>
    public bool IsAction => Kind is TraitKind.Tool or TraitKind.Order;

    /// <summary>In words, for records: <c>tool x</c>, <c>x before y</c>.</summary>
    public string Label => Kind switch
    {
        TraitKind.Tool => $"tool {Name}",
        TraitKind.Order => $"{Name} before {Next}",
        TraitKind.StudentWord => $"student's word {Name}",
        _ => $"task word {Name}",
    };

    /// <summary>The id of an entry about this trait: the same whatever the counts are.</summary>
    public string EntryId(bool good)
    {
        var text = $"{Kind}\n{Name}\n{Next}\n{(good ? "good" : "bad")}";
        return "offline-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..12];
    }

    /// <summary>Share of the sessions showing either trait that show both.</summary>
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
