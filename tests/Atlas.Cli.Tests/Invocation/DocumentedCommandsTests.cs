using System.CommandLine;
using System.Globalization;
using Atlas.Cli.Invocation;
using Atlas.Cli.Output;
using Atlas.Cli.Tests.Harness;
using Atlas.Cli.Workspace;
using Xunit;

namespace Atlas.Cli.Tests.Invocation;

/// <summary>What README and help show must be what the program understands.</summary>
public sealed class DocumentedCommandsTests
{
    private static readonly string Readme = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "README.md"));
    private readonly AtlasRootCommand _root = CommandTree.Create(new CommandContext(
        new Terminal(TextWriter.Null, TextWriter.Null, dataIsTerminal: false, talkIsTerminal: false, colours: false),
        new AtlasHome(Path.GetTempPath()),
        Repository.Find(AppContext.BaseDirectory),
        new CallerSettings { User = "tester" },
        TimeProvider.System));

    [Fact]
    public void Every_command_line_of_the_readme_and_of_the_operations_is_understood()
    {
        var operations = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "docs", "operations.md"));
        var lines = (Readme + operations).Split('\n').Where(line => line.StartsWith("./atlas ", StringComparison.Ordinal)).ToList();

        Assert.True(lines.Count > 30, "README and operations show hardly any command");
        Assert.All(lines, line => Assert.Empty(_root.Parse(line["./atlas ".Length..]).Errors));
    }

    [Fact]
    public void Every_command_line_of_the_runtime_page_is_understood()
    {
        var lines = File.ReadLines(Path.Combine(RepositoryRoot.Path, "docs", "runtime.md"))
            .Where(line => line.StartsWith("./atlas ", StringComparison.Ordinal)).ToList();

        Assert.NotEmpty(lines);
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
    public void Every_exit_code_is_in_the_readme() => Assert.All(
        Enum.GetValues<ExitCode>(),
        code => Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"\n| {(int)code} | "), Readme, StringComparison.Ordinal));

    private static IEnumerable<Command> Commands(Command root) => root.Subcommands.SelectMany(Commands).Prepend(root);
}
