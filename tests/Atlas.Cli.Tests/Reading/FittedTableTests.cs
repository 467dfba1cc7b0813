using Atlas.Cli.Output;
using Spectre.Console;
using Xunit;

namespace Atlas.Cli.Tests.Reading;

public sealed class FittedTableTests
{
    private const string Hash = "60cec6262b4e91a8e9c48428c9d44ed37966ba9af7775b541c3fba575af8e8a1";

    private static readonly Column[] Columns = [new("id", IsNumber: true), new("key"), new("task", Wraps: true), new("answer", Wraps: true)];

    private static readonly string[][] Rows =
    [
        ["7", Hash, "Refund the order of the customer who wrote twice", "Refunded, and the customer was told"],
        ["12", "desk", "Greet", ""],
    ];

    [Theory]
    [InlineData(400)]
    [InlineData(140)]
    [InlineData(110)]
    public void Where_there_is_room_for_what_cannot_be_wrapped_texts_are_wrapped(int width)
    {
        var lines = Written(width);

        Assert.StartsWith("id  key", lines[0], StringComparison.Ordinal);
        Assert.StartsWith($" 7  {Hash}  Refund", lines[1], StringComparison.Ordinal);
        Assert.All(lines, line => Assert.True(line.Length < width, line));
        Assert.Equal(width == 400 ? 3 : lines.Length, lines.Length);
        Assert.Contains("twice", string.Join(' ', lines), StringComparison.Ordinal);
        Assert.Contains("told", string.Join(' ', lines), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(80)]
    [InlineData(40)]
    [InlineData(20)]
    public void Where_there_is_not_each_row_is_a_block_and_nothing_is_cut(int width) => Assert.Equal(
        $"""
        id      7
        key     {Hash}
        task    Refund the order of the customer who wrote twice
        answer  Refunded, and the customer was told

        id      12
        key     desk
        task    Greet
        """.Split('\n'),
        Written(width));

    private static string[] Written(int width)
    {
        using var written = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(written), Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors });
        console.Profile.Width = width;

        FittedTable.Write(console, Columns, Rows);

        return [.. written.ToString().TrimEnd().Split('\n').Select(line => line.TrimEnd())];
    }
}
