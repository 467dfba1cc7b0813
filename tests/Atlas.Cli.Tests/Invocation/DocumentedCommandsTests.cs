using System.CommandLine;
using System.Globalization;
using Atlas.Cli.Invocation;
using Atlas.Cli.Output;
using Atlas.Cli.Tests.Harness;
using Atlas.Cli.Workspace;
using Atlas.Testing.Documents;
using Xunit;

namespace Atlas.Cli.Tests.Invocation;

/// <summary>What pages and help show must be what the program understands.</summary>
public sealed class DocumentedCommandsTests
{
    private static readonly string CommandLine = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "docs", "command-line.md"));
    private readonly AtlasRootCommand _root = CommandTree.Create(new CommandContext(
        new Terminal(TextWriter.Null, TextWriter.Null, dataIsTerminal: false, talkIsTerminal: false, colours: false),
        new AtlasHome(Path.GetTempPath()),
        Repository.Find(AppContext.BaseDirectory),
        new CallerSettings { User = "tester" },
        TimeProvider.System));

    public static TheoryData<string> PagesWithCommands() =>
        [.. MarkdownPage.All(RepositoryRoot.Path).Where(page => MarkdownPage.Blocks(Path.Combine(RepositoryRoot.Path, page)).Any(block => block.Language == "sh"))];

    [Theory]
    [MemberData(nameof(PagesWithCommands))]
    public void Every_command_line_of_a_page_is_understood(string page)
    {
        var lines = MarkdownPage.Blocks(Path.Combine(RepositoryRoot.Path, page)).Where(block => block.Language == "sh").SelectMany(block => block.Code)
            .Where(line => line.StartsWith("./atlas ", StringComparison.Ordinal));

        Assert.All(lines, line => Assert.Empty(_root.Parse(line["./atlas ".Length..]).Errors));
    }

    [Fact]
    public void Every_example_in_the_help_is_understood()
    {
        var examples = Commands(_root).OfType<IHasExamples>().SelectMany(command => command.Examples).ToList();

        Assert.NotEmpty(examples);
        Assert.All(examples, example => Assert.Empty(_root.Parse(example["atlas ".Length..]).Errors));
    }

    [Fact]
    public void Every_command_that_does_something_has_an_example() => Assert.All(
        Commands(_root).OfType<AtlasCommand>(), command => Assert.NotEmpty(command.Examples));

    [Fact]
    public void Every_exit_code_is_in_the_command_line_page() => Assert.All(
        Enum.GetValues<ExitCode>(),
        code => Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"\n| {(int)code} | "), CommandLine, StringComparison.Ordinal));

    private static IEnumerable<Command> Commands(Command root) => root.Subcommands.SelectMany(Commands).Prepend(root);
}
