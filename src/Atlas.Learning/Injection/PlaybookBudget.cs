using Atlas.Learning.Text;

namespace Atlas.Learning.Injection;

/// <summary>Shortens a playbook to a budget so that what remains still reads: whole sections stay first, then whole lines of the
/// next section; a line is cut only where not even one fits.</summary>
/// <remarks>What comes first in a playbook counts most, so it is shortened from its end.</remarks>
public static class PlaybookBudget
{
    private const string Ellipsis = "...";

    /// <summary>Fits a text into a number of Unicode code points.</summary>
    /// <inheritdoc cref="Fit(string?, int, Func{string, int})"/>
    public static string? FitCharacters(string? text, int budget) => Fit(text, budget, PythonText.Length);

    /// <summary>Fits a text into a budget.</summary>
    /// <param name="text">The playbook's text, without delimiters.</param>
    /// <param name="budget">How much the result may measure; at least 1.</param>
    /// <param name="measure">Measures a text, say in tokens. A longer text must not measure notably less.</param>
    /// <returns>The stripped text if it fits; else the beginning that fits, ending in <c>...</c>; null if the text is blank or
    /// not a single character of it fits.</returns>
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

    /// <summary>A heading whose section is gone says nothing.</summary>
    private static int WithoutLooseHeadings(string[] lines, int count)
    {
        while (count > 0 && (PythonText.IsBlank(lines[count - 1]) || lines[count - 1].StartsWith('#')))
        {
            count--;
        }

        return count;
    }

    /// <summary>The largest count that fits, 0 if none does. Tokens are not quite monotone, so the result is tried again.</summary>
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
