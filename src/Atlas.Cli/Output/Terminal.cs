using System.Text.Json;
using Atlas.Domain.Json;
using Atlas.Learning.Text;
using Spectre.Console;

namespace Atlas.Cli.Output;

/// <summary>Where a command writes: data to standard output, talk and progress to standard error.</summary>
/// <remarks>What is written may come from agents, models, tools and users: escape sequences and the like in it are shown, not obeyed.</remarks>
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

    /// <summary>The process's own streams. NO_COLOR, set to anything but nothing, turns colours off.</summary>
    public static Terminal ForProcess() => new(
        Console.Out,
        Console.Error,
        dataIsTerminal: !Console.IsOutputRedirected,
        talkIsTerminal: !Console.IsErrorRedirected,
        colours: string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")))
    {
        CanAsk = !Console.IsInputRedirected && !Console.IsOutputRedirected && !Console.IsErrorRedirected,
    };

    /// <summary>Whether someone watches standard error, so that moving progress makes sense.</summary>
    public bool ShowsProgress { get; }

    /// <summary>Whether a person sits at it who can be asked: input and both outputs are a terminal.</summary>
    public bool CanAsk { get; private init; }

    /// <summary>Whether a JSON document was written, so that no second one may follow.</summary>
    public bool HasDocument { get; private set; }

    /// <summary>The console on standard error, for what moves.</summary>
    public IAnsiConsole TalkConsole { get; }

    public TextWriter DataWriter => _data;

    public TextWriter TalkWriter => _talk;

    /// <summary>One line of data.</summary>
    public void Data(string line = "") => _data.WriteLine(line);

    /// <summary>One line of data that stands out on a terminal; into a pipe it goes as it is.</summary>
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

    /// <summary>One line of talk.</summary>
    public void Say(string line = "") => _talk.WriteLine(line);

    /// <summary>One JSON document as data.</summary>
    public void Json<T>(T value)
    {
        HasDocument = true;
        _data.WriteLine(JsonSerializer.Serialize(value, AtlasJson.Indented));
    }

    /// <summary>A table as data: on a terminal fitted to its width, into a pipe one plain line per row.</summary>
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
