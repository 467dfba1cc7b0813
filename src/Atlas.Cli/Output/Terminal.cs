using System.Text.Json;
using Atlas.Domain.Json;
using Atlas.Learning.Text;
using Spectre.Console;

namespace Atlas.Cli.Output;

/// <summary>The output of a command: data goes to standard output, messages and progress to standard error.</summary>
/// <remarks>The text may come from agents, models, tools and users, so escape sequences and the like in it are displayed rather than
/// executed.</remarks>
internal sealed class Terminal
{
    private readonly TextWriter _data;
    private readonly TextWriter _talk;
    private readonly bool _dataIsTerminal;
    private readonly IAnsiConsole _dataConsole;

    public Terminal(TextWriter data, TextWriter talk, bool dataIsTerminal, bool talkIsTerminal, bool colours)
    {
        _data = new VisibleWriter(data);
        _talk = new VisibleWriter(talk);
        _dataConsole = CreateConsole(data, dataIsTerminal, colours);
        _dataIsTerminal = dataIsTerminal;
        TalkConsole = CreateConsole(talk, talkIsTerminal, colours);
        ShowsProgress = talkIsTerminal;
    }

    /// <summary>Creates a terminal on the process's own streams. Setting NO_COLOR to a nonempty value turns colors off.</summary>
    public static Terminal ForProcess() => new(
        Console.Out,
        Console.Error,
        dataIsTerminal: !Console.IsOutputRedirected,
        talkIsTerminal: !Console.IsErrorRedirected,
        colours: string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")))
    {
        CanAsk = !Console.IsInputRedirected && !Console.IsOutputRedirected && !Console.IsErrorRedirected,
    };

    /// <summary>Gets a value indicating whether someone is watching standard error, so that animated progress makes sense.</summary>
    public bool ShowsProgress { get; }

    /// <summary>Gets a value indicating whether a person can be asked: input and both outputs are a terminal.</summary>
    public bool CanAsk { get; private init; }

    /// <summary>Gets a value indicating whether a JSON document was written, after which there must be no second one.</summary>
    public bool HasDocument { get; private set; }

    /// <summary>Gets the console on standard error, for animated output.</summary>
    public IAnsiConsole TalkConsole { get; }

    public TextWriter DataWriter => _data;

    public TextWriter TalkWriter => _talk;

    /// <summary>Writes a line of data.</summary>
    public void Data(string line = "") => _data.WriteLine(line);

    /// <summary>Writes a line of data that is highlighted on a terminal, and plain in a pipe.</summary>
    public void Data(string line, Tint tint)
    {
        if (!_dataIsTerminal || tint is Tint.None)
        {
            Data(line);
            return;
        }

        _dataConsole.WriteLine(VisibleText.Of(line), tint switch
        {
            Tint.Added => new Style(Color.Green),
            Tint.Removed => new Style(Color.Red),
            _ => new Style(decoration: Decoration.Bold),
        });
    }

    /// <summary>Writes a line of messages.</summary>
    public void Say(string line = "") => _talk.WriteLine(line);

    /// <summary>Writes one JSON document as data.</summary>
    public void Json<T>(T value)
    {
        HasDocument = true;
        _data.WriteLine(JsonSerializer.Serialize(value, AtlasJson.Indented));
    }

    /// <summary>Writes a table as data: fitted to the width of a terminal, or one plain line per row in a pipe.</summary>
    public void Table(IReadOnlyList<Column> columns, IEnumerable<IReadOnlyList<string>> rows)
    {
        var visible = rows.Select(row => row.Select(VisibleText.OneLine).ToList());
        if (!_dataIsTerminal)
        {
            PlainTable.Write(_data, columns, [.. visible]);
            return;
        }

        FittedTable.Write(_dataConsole, columns, [.. visible]);
    }

    private static IAnsiConsole CreateConsole(TextWriter writer, bool isTerminal, bool colours)
    {
        return AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = isTerminal ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = isTerminal && colours ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = isTerminal ? InteractionSupport.Detect : InteractionSupport.No,
        });
    }
}
