namespace Atlas.Cli.Output;

/// <summary>A table as aligned text without borders, colours or line breaks.</summary>
internal static class PlainTable
{
    private const string Gap = "  ";

    public static void Write(TextWriter writer, IReadOnlyList<Column> columns, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        var widths = columns.Select((column, index) => rows.Select(row => row[index].Length).Append(column.Heading.Length).Max()).ToList();
        writer.WriteLine(Line(columns.Select(column => column.Heading)));
        foreach (var row in rows)
        {
            writer.WriteLine(Line(row));
        }

        string Line(IEnumerable<string> cells) => string.Join(Gap, cells.Select(
            (cell, index) => columns[index].IsNumber ? cell.PadLeft(widths[index]) : cell.PadRight(widths[index]))).TrimEnd();
    }
}
