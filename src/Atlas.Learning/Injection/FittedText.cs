using System.Collections.Immutable;

namespace Atlas.Learning.Injection;

/// <summary>A role's text after fitting it into a budget.</summary>
/// <param name="Text">The remaining text.</param>
/// <param name="LeftOut">The entries that did not fit, the most proven first.</param>
/// <param name="Cut">How its preface was shortened; null if it was not.</param>
public sealed record FittedText(RoleText Text, ImmutableArray<string> LeftOut, PrefaceCut? Cut);

/// <summary>How a preface was shortened, so that the same can be repeated.</summary>
/// <param name="Kept">How many UTF-16 units of it were kept.</param>
/// <param name="Mark">The mark after them: <c>...</c>, on a line of its own or not; empty if nothing was kept.</param>
public sealed record PrefaceCut(int Kept, string Mark)
{
    private const string Ellipsis = "...";

    /// <summary>The shortened text.</summary>
    public string Apply(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return string.Concat(text.AsSpan(0, Math.Min(Kept, text.Length)), Mark);
    }

    internal static PrefaceCut Between(string whole, string? shortened)
    {
        if (shortened is null)
        {
            return new PrefaceCut(0, "");
        }

        var mark = shortened.EndsWith("\n" + Ellipsis, StringComparison.Ordinal) ? "\n" + Ellipsis
            : shortened.EndsWith(Ellipsis, StringComparison.Ordinal) && !whole.StartsWith(shortened, StringComparison.Ordinal) ? Ellipsis
            : "";
        return new PrefaceCut(shortened.Length - mark.Length, mark);
    }
}
