using System.CommandLine;
using Atlas.Cli.Invocation;
using Atlas.Cli.Output;

namespace Atlas.Cli.Testing;

/// <summary><c>atlas test [SUITE]</c></summary>
internal sealed class TestCommand : AtlasCommand
{
    private readonly Argument<string?> _suite = new("SUITE")
    {
        Description = "The suite to run, by the name of its project: learning, storage, cli, … Default: all suites.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    public TestCommand(CommandContext context)
        : base(context, "test", "Build the solution and run its tests.")
    {
        Add(_suite);
        Examples = ["atlas test", "atlas test learning"];
    }

    protected override async Task<ExitCode> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var terminal = Context.Terminal;
        var suites = Choose(arguments.GetValue(_suite));
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

    private IReadOnlyList<TestSuite> Choose(string? name)
    {
        var all = TestSuite.Find(Context.Repository.Tests, Context.Repository.Configuration);
        if (name is null)
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
