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
        Description = "The benchmarks to run, by the names that --list prints. Default: all of them.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<bool> _list = new("--list") { Description = "List the benchmarks instead of running them." };
    private readonly Option<bool> _quick = new("--quick") { Description = "Run the benchmarks that matter most with fewer rounds: about five minutes." };
    private readonly Option<FileInfo?> _against = new("--against") { Description = "Say which ratios have changed since the run that wrote this file with --json.", HelpName = "FILE" };
    private readonly Option<bool> _json = CommonOptions.Json();

    public BenchCommand(CommandContext context)
        : base(context, "bench", "Run the benchmarks that compare Atlas with its alternatives.")
    {
        Add(_names);
        Add(_list);
        Add(_quick);
        Add(_against);
        Add(_json);
        Examples = ["atlas bench --list", "atlas bench outcomes", "atlas bench --quick --against benchmarks/recorded.json"];
    }

    protected override async Task<ExitCode> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        if (arguments.GetValue(_against) is { Exists: false } missing)
        {
            throw new CommandFailedException(ExitCode.NotFound, $"There is no file {missing}.");
        }

        var build = new SolutionBuild(Context.Repository, Context.Terminal, Context.Repository.BenchmarkProject);
        await Progress.WaitAsync(Context.Terminal, "Building the benchmarks", () => build.RunAsync(cancellation));
        return await new BenchmarkProcess(Context.Repository, Context.Terminal).RunAsync(
            [
                .. arguments.GetValue(_names) ?? [],
                .. arguments.GetValue(_list) ? ["--list"] : Array.Empty<string>(),
                .. arguments.GetValue(_quick) ? ["--quick"] : Array.Empty<string>(),
                .. arguments.GetValue(_against) is { } recorded ? ["--against", recorded.FullName] : Array.Empty<string>(),
                .. arguments.GetValue(_json) ? ["--json"] : Array.Empty<string>(),
            ],
            cancellation);
    }
}
