using System.CommandLine;
using Atlas.Cli.Invocation;
using Atlas.Cli.Output;

namespace Atlas.Cli.Testing;

/// <summary><c>atlas test [SUITE | --changed]</c></summary>
internal sealed class TestCommand : AtlasCommand
{
    private readonly Argument<string?> _suite = new("SUITE")
    {
        Description = "The suite to run, by the name of its project: learning, storage, cli, … Default: all suites.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<bool> _changed = new("--changed") { Description = "Run the suites that uncommitted changes can break." };

    private readonly Option<string?> _since = new("--since")
    {
        Description = "Run the suites that changes since this commit, or since this branch was left, can break.",
        HelpName = "REVISION",
    };

    private readonly Option<bool> _list = new("--list") { Description = "List the suites instead of running them." };

    public TestCommand(CommandContext context)
        : base(context, "test", "Build the solution and run its tests.")
    {
        Add(_suite);
        Add(_changed);
        Add(_since);
        Add(_list);
        Validators.Add(parsed =>
        {
            if (parsed.GetValue(_suite) is not null && (parsed.GetValue(_changed) || parsed.GetValue(_since) is not null))
            {
                parsed.AddError("Name a suite, or let the changes choose the suites; not both.");
            }
        });
        Examples = ["atlas test", "atlas test learning", "atlas test --changed", "atlas test --since main --list"];
    }

    protected override async Task<ExitCode> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var terminal = Context.Terminal;
        var suites = await ChooseAsync(arguments, cancellation);
        if (arguments.GetValue(_list) || suites.Count == 0)
        {
            foreach (var suite in suites)
            {
                terminal.Data(suite.Name);
            }

            if (suites.Count == 0)
            {
                terminal.Say("No suite depends on what has changed.");
            }

            return ExitCode.Ok;
        }

        var build = new SolutionBuild(Context.Repository, terminal);
        await Progress.WaitAsync(terminal, "Building the solution", () => build.RunAsync(cancellation));

        var run = new TestRun(terminal, Context.Clock);
        var sum = TestTally.None;
        foreach (var suite in suites)
        {
            sum += await run.RunAsync(suite, cancellation);
        }

        foreach (var failure in run.Failures)
        {
            terminal.Data(failure);
        }

        terminal.Data($"{sum.Passed} passed, {sum.Failed} failed{(sum.Skipped > 0 ? $", {sum.Skipped} skipped" : "")}");
        return sum.Failed == 0 ? ExitCode.Ok : ExitCode.Failed;
    }

    private async Task<IReadOnlyList<TestSuite>> ChooseAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var all = TestSuite.Find(Context.Repository.Tests, Context.Repository.Configuration);
        if (arguments.GetValue(_changed) || arguments.GetValue(_since) is not null)
        {
            var root = Context.Repository.Root;
            var reached = ProjectMap.Read(root).Reached(await ChangedFiles.SinceAsync(root, arguments.GetValue(_since) ?? "HEAD", cancellation));
            return [.. all.Where(suite => reached.Contains(Path.GetRelativePath(root, suite.ProjectFile)))];
        }

        if (arguments.GetValue(_suite) is not { } name)
        {
            return all;
        }

        return all.FirstOrDefault(suite => suite.Name == name.ToLowerInvariant()) is { } chosen
            ? [chosen]
            : throw new CommandFailedException(
                ExitCode.NotFound,
                $"There is no suite '{name}'. The suites are {string.Join(", ", all.Select(suite => suite.Name))}.");
    }
}
