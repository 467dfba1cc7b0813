using System.CommandLine;
using Atlas.Cli.Invocation;
using Atlas.Import;
using Atlas.Import.TauBench;

namespace Atlas.Cli.Import;

/// <summary><c>atlas import tau-bench FILE</c></summary>
internal sealed class TauBenchCommand : ImportCommand
{
    private readonly Argument<string> _file = new("FILE") { Description = "A file of recorded τ-bench trajectories (JSON)." };

    public TauBenchCommand(CommandContext context)
        : base(context, "tau-bench", "Import recorded τ-bench runs: conversations of a customer-service agent with tools.")
    {
        Arguments.Insert(0, _file);
        Examples = ["atlas import tau-bench runs.json --key tau/airline --approve --concurrency 16"];
    }

    protected override string SourceOf(ParseResult arguments) => SourcePath.File(arguments.GetRequiredValue(_file));

    protected override IAsyncEnumerable<RunOrError> Read(string source, CancellationToken cancellation) =>
        TauBenchReader.ReadAsync(source, cancellation);
}
