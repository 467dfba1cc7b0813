using System.CommandLine;
using Atlas.Cli.Database;
using Atlas.Cli.Invocation;
using Atlas.Cli.Playbooks;
using Atlas.Cli.Playbooks.Changes;
using Atlas.Client;
using Atlas.Contracts.Playbooks;
using Atlas.Domain.Experiments;

namespace Atlas.Cli.Experiments;

/// <summary>Ends an experiment, with a consequence or without one.</summary>
internal abstract class ExperimentEndCommand : AtlasCommand
{
    private readonly Argument<string> _key = PlaybookArgument.Key();
    private readonly Argument<int?> _number = ExperimentKey.Number();
    private readonly ChangeOptions _options = new();

    protected ExperimentEndCommand(CommandContext context, string name, string description)
        : base(context, name, description)
    {
        Add(_key);
        Add(_number);
        _options.AddTo(this, reasonRequired: false);
    }

    protected abstract Task<ExperimentReport> EndAsync(IAtlasClient client, string learningKey, int number, Attribution by, CancellationToken cancellation);

    protected override async Task<ExitCode> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var key = arguments.GetRequiredValue(_key);
        var by = _options.Attribution(arguments, Context.Caller);
        var experiment = await new ExperimentKey(Context, key).DemandAsync(arguments.GetValue(_number), cancellation);
        await using var client = await new ClusterAccess(Context).ConnectAsync(cancellation);
        var report = await EndAsync(client, key, experiment.Number, by, cancellation);
        if (_options.AsJson(arguments))
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
