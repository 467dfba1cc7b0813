using Spectre.Console;
using Spectre.Console.Rendering;

namespace Atlas.Cli.Output;

/// <summary>A table on a terminal. Texts are wrapped to its width. If that is not enough, each row becomes a block of lines, so that
/// nothing is cut off and an id can still be copied.</summary>
internal static class FittedTable
{
    private const int Gap = 2;
    private const int NarrowestText = 16;

    public static void Write(IAnsiConsole console, IReadOnlyList<Column> columns, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        var natural = columns.Select((column, at) => rows.Select(row => WidthOf(row[at])).Append(WidthOf(column.Heading)).Max()).ToArray();
        var least = columns.Select((column, at) => column.Wraps ? Math.Min(natural[at], Math.Max(NarrowestText, WidthOf(column.Heading))) : natural[at]).ToArray();

        // One column stays free, because some terminals break a line that fills the entire width.
        var free = console.Profile.Width - 1 - (Gap * (columns.Count - 1)) - least.Sum();
        if (free < 0)
        {
            WriteBlocks(console, columns, rows);
            return;
        }

        var widths = Share(natural, least, free);
        var table = new Table { Border = TableBorder.None, ShowHeaders = true };
        foreach (var (at, column) in columns.Index())
        {
            table.AddColumn(new TableColumn(Heading(column.Heading))
            {
                Width = widths[at],
                NoWrap = !column.Wraps,
                Alignment = column.IsNumber ? Justify.Right : Justify.Left,
                Padding = new Padding(0, 0, at < columns.Count - 1 ? Gap : 0, 0),
            });
        }

        foreach (var row in rows)
        {
            table.AddRow(row.Select(cell => new Text(cell)));
        }

        console.Write(table);
    }

    /// <summary>Distributes the free width equally among the columns; what a column does not need goes to the others.</summary>
    private static int[] Share(int[] natural, int[] least, int free)
    {
        var widths = least.ToArray();
        var left = widths.Length;
        foreach (var at in Enumerable.Range(0, widths.Length).OrderBy(at => natural[at] - least[at]))
        {
            var more = Math.Min(natural[at] - least[at], free / left--);
            widths[at] += more;
            free -= more;
        }

        return widths;
    }

    private static void WriteBlocks(IAnsiConsole console, IReadOnlyList<Column> columns, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        var widest = columns.Max(column => WidthOf(column.Heading));
        for (var number = 0; number < rows.Count; number++)
        {
            if (number > 0)
            {
                console.WriteLine();
            }

            foreach (var (column, cell) in columns.Zip(rows[number]).Where(pair => pair.Second.Length > 0))
            {
                console.Write(Heading(column.Heading.PadRight(widest + Gap)));

                // Bypasses the console, which would break a long id where the terminal only wraps it.
                console.Profile.Out.Writer.WriteLine(cell);
            }
        }
    }

    private static Text Heading(string heading) => new(heading, new Style(decoration: Decoration.Bold));

    private static int WidthOf(string text) => Segment.CellCount([new Segment(text)]);
}
