using Atlas.Learning.Text;

namespace Atlas.Learning.Injection;

/// <summary>Fits a role's text into a budget. Entries are left out whole, the least proven first; only a preface is ever shortened, and
/// then its end shows it.</summary>
public static class PlaybookBudget
{
    private const string Ellipsis = "...";

    /// <summary>Fits a text with its entries into a budget.</summary>
    /// <param name="whole">The text.</param>
    /// <param name="order">The ids of its entries; the last ones are left out first. Entries that are not listed are left out before
    /// them.</param>
    /// <param name="budget">The largest measure of the result; at least 1.</param>
    /// <param name="measure">Measures a text, for example in tokens. A longer text must not measure notably less.</param>
    /// <remarks>A preface longer than half of the budget is shortened to what the entries leave of it, but not below that half. A line
    /// longer than the whole budget is left out without displacing anything else.</remarks>
    public static FittedText Fit(RoleText whole, IReadOnlyList<string> order, int budget, Func<string, int> measure)
    {
        ArgumentNullException.ThrowIfNull(whole);
        ArgumentNullException.ThrowIfNull(order);
        ArgumentOutOfRangeException.ThrowIfLessThan(budget, 1);
        ArgumentNullException.ThrowIfNull(measure);
        if (measure(whole.Text) <= budget)
        {
            return new FittedText(whole, [], null);
        }

        var (text, cut) = (whole, (PrefaceCut?)null);
        if (whole.Preface is { Length: > 0 } preface && !whole.Places.IsEmpty)
        {
            var room = Math.Max(Math.Max(1, budget / 2), budget - measure(whole.WithPreface("").Text));
            if (measure(preface) > room)
            {
                cut = PrefaceCut.Between(preface, Fit(preface, room, measure));
                text = whole.WithPreface(cut.Apply(preface));
            }
        }

        var left = LeftOut(text, order, budget, measure);
        text = text.Without(left);
        if (measure(text.Text) > budget)
        {
            cut = PrefaceCut.Between(text.Text, Fit(text.Text, budget, measure));
            text = new RoleText(cut.Apply(text.Text), []);
        }

        return new FittedText(text, [.. order.Where(left.Contains), .. left.Except(order, StringComparer.Ordinal).Order(StringComparer.Ordinal)], cut);
    }

    /// <summary>Repeats what <see cref="Fit(RoleText, IReadOnlyList{string}, int, Func{string, int})"/> did to a text, from its record.</summary>
    /// <param name="whole">The text it was given.</param>
    /// <param name="leftOut">The entries that did not fit.</param>
    /// <param name="cut">How its preface was shortened; null if it was not.</param>
    public static RoleText FitAgain(RoleText whole, IReadOnlySet<string> leftOut, PrefaceCut? cut)
    {
        ArgumentNullException.ThrowIfNull(whole);
        ArgumentNullException.ThrowIfNull(leftOut);
        if (cut is null)
        {
            return whole.Without(leftOut);
        }

        if (whole.Preface is { Length: > 0 } preface && !whole.Places.IsEmpty)
        {
            return whole.WithPreface(cut.Apply(preface)).Without(leftOut);
        }

        return new RoleText(cut.Apply(whole.Without(leftOut).Text), []);
    }

    private static HashSet<string> LeftOut(RoleText text, IReadOnlyList<string> order, int budget, Func<string, int> measure)
    {
        var present = text.Places.Select(place => place.EntryId).ToHashSet(StringComparer.Ordinal);
        var left = present.Where(id => measure(text.WordsOf(id)) > budget).ToHashSet(StringComparer.Ordinal);
        string[] ranked = [.. order.Where(present.Contains).Where(id => !left.Contains(id)), .. present.Except(order, StringComparer.Ordinal).Where(id => !left.Contains(id))];
        var kept = Largest(ranked.Length, count => measure(text.Without(left.Concat(ranked[count..]).ToHashSet(StringComparer.Ordinal)).Text) <= budget);
        left.UnionWith(ranked[kept..]);
        return left;
    }

    /// <summary>Fits a text into a number of Unicode code points.</summary>
    /// <inheritdoc cref="Fit(string?, int, Func{string, int})"/>
    public static string? FitCharacters(string? text, int budget) => Fit(text, budget, PythonText.Length);

    /// <summary>Shortens prose to a budget so that the rest is still readable: first whole sections stay, then whole lines of the next
    /// section; a line is cut only if not even one fits. The beginning counts most.</summary>
    /// <param name="text">Prose, without delimiters.</param>
    /// <param name="budget">The largest measure of the result; at least 1.</param>
    /// <param name="measure">Measures a text, for example in tokens. A longer text must not measure notably less.</param>
    /// <returns>The stripped text if it fits; otherwise the beginning that fits, ending in <c>...</c>; null if the text is blank or not a
    /// single character fits.</returns>
    public static string? Fit(string? text, int budget, Func<string, int> measure)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(budget, 1);
        ArgumentNullException.ThrowIfNull(measure);
        if (PythonText.IsBlank(text))
        {
            return null;
        }

        var stripped = PythonText.Strip(text!);
        if (measure(stripped) <= budget)
        {
            return stripped;
        }

        var lines = stripped.Split('\n');
        var kept = Largest(lines.Length - 1, count => Fits(Joined(lines, count)));
        return Joined(lines, WithoutLooseHeadings(lines, kept)) ?? CutLine(lines[0]);

        bool Fits(string? candidate) => candidate is null || measure(candidate) <= budget;

        string? CutLine(string line)
        {
            var length = Largest(PythonText.Length(line), count => count == 0 || Fits(Cut(line, count)));
            return length == 0 ? null : Cut(line, length);
        }
    }

    private static string? Joined(string[] lines, int count) =>
        count == 0 ? null : PythonText.StripEnd(string.Join('\n', lines[..count])) + "\n" + Ellipsis;

    private static string Cut(string line, int length) => PythonText.StripEnd(PythonText.Take(line, length)) + Ellipsis;

    /// <summary>A heading without its section says nothing.</summary>
    private static int WithoutLooseHeadings(string[] lines, int count)
    {
        while (count > 0 && (PythonText.IsBlank(lines[count - 1]) || lines[count - 1].StartsWith('#')))
        {
            count--;
        }

        return count;
    }

    /// <summary>Returns the largest count that fits, 0 if none does. Token counts are not quite monotone, so the result is checked
    /// again.</summary>
    private static int Largest(int most, Func<int, bool> fits)
    {
        var (low, high) = (0, most);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            (low, high) = fits(middle) ? (middle, high) : (low, middle - 1);
        }

        while (low > 0 && !fits(low))
        {
            low--;
        }

        return low;
    }
}
