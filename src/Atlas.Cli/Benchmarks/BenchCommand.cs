using System.CommandLine;
using Atlas.Cli.Invocation;
using Atlas.Cli.Output;
using Atlas.Cli.Testing;

namespace Atlas.Cli.Benchmarks;

/// <summary><c>atlas bench [NAME]</c></summary>
internal sealed class BenchCommand : AtlasCommand
{
    private readonly Argument<string[]> _names = new("NAME")
    {
        Description = "Which benchmarks to run, see --list; all of them if none is named.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<bool> _list = new("--list") { Description = "List the benchmarks instead of running them." };
    private readonly Option<bool> _json = CommonOptions.Json();

    public BenchCommand(CommandContext context)
        : base(context, "bench", "Measure Atlas side by side with what it is compared to.")
    {
        Add(_names);
        Add(_list);
        Add(_json);
        Examples = ["atlas bench --list", "atlas bench outcomes", "atlas bench --json"];
    }

    protected override async Task<ExitCode> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var build = new SolutionBuild(Context.Repository, Context.Terminal, Context.Repository.BenchmarkProject);
        await Progress.WaitAsync(Context.Terminal, "Building the benchmarks", () => build.RunAsync(cancellation));
        return await new BenchmarkProcess(Context.Repository, Context.Terminal).RunAsync(
            [
                .. arguments.GetValue(_names) ?? [],
                .. arguments.GetValue(_list) ? ["--list"] : Array.Empty<string>(),
                .. arguments.GetValue(_json) ? ["--json"] : Array.Empty<string>(),
            ],
            cancellation);
    }
}
