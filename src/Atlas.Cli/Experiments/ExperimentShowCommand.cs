using System.CommandLine;
using Atlas.Cli.Invocation;
using Atlas.Cli.Playbooks;

namespace Atlas.Cli.Experiments;

/// <summary><c>atlas experiment show KEY [NUMBER]</c></summary>
internal sealed class ExperimentShowCommand : AtlasCommand
{
    private readonly Argument<string> _key = PlaybookArgument.Key();
    private readonly Argument<int?> _number = ExperimentKey.Number();
    private readonly Option<bool> _json = CommonOptions.Json();

    public ExperimentShowCommand(CommandContext context)
        : base(context, "show", "Show what an experiment has found so far. You can look at it, and act on it, at any time.")
    {
        Add(_key);
        Add(_number);
        Add(_json);
        Examples = ["atlas experiment show tau/airline", "atlas experiment show tau/airline 2 --json"];
    }

    protected override async Task<ExitCode> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var report = await new ExperimentKey(Context, arguments.GetRequiredValue(_key)).DemandAsync(arguments.GetValue(_number), cancellation);
        if (arguments.GetValue(_json))
        {
            Context.Terminal.Json(report);
        }
        else
        {
            ExperimentSheet.Write(report, Context.Terminal);
        }

        return ExitCode.Ok;
    }
}
