using System.CommandLine;
using Atlas.Cli.Invocation;

namespace Atlas.Cli.Playbooks.Changes;

/// <summary><c>atlas playbook unfreeze KEY</c></summary>
internal sealed class PlaybookUnfreezeCommand : AtlasCommand
{
    private readonly Argument<string> _key = PlaybookArgument.Key();
    private readonly ChangeOptions _options = new();

    public PlaybookUnfreezeCommand(CommandContext context)
        : base(context, "unfreeze", "Let a frozen playbook change again; sessions that waited teach now.")
    {
        Add(_key);
        _options.AddTo(this, reasonRequired: false);
        Examples = ["atlas playbook unfreeze tau/airline"];
    }

    protected override async Task<ExitCode> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var key = arguments.GetRequiredValue(_key);
        var by = _options.Attribution(arguments, Context.Caller);
        var change = new PlaybookChange(Context, key, by);
        await change.DemandKnownAsync(cancellation);
        var outcome = await change.RunAsync(client => client.UnfreezeAsync(key, by, cancellation), cancellation);
        change.Report(
            outcome,
            _options.AsJson(arguments),
            $"{key} may change again; it is at version {outcome.Version}.",
            $"{key} was not frozen; it is at version {outcome.Version}.");
        return ExitCode.Ok;
    }
}
