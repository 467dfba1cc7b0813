using System.CommandLine;
using Atlas.Cli.Invocation;
using Atlas.Cli.Output;

namespace Atlas.Cli.Playbooks.Changes;

/// <summary><c>atlas playbook freeze KEY</c></summary>
internal sealed class PlaybookFreezeCommand : AtlasCommand
{
    private readonly Argument<string> _key = PlaybookArgument.Key();
    private readonly ChangeOptions _options = new();

    public PlaybookFreezeCommand(CommandContext context)
        : base(context, "freeze", "Stop every change of a playbook; sessions are still counted, and wait.")
    {
        Add(_key);
        _options.AddTo(this, reasonRequired: true);
        Examples = ["atlas playbook freeze tau/airline --reason \"release week\""];
    }

    protected override async Task<ExitCode> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var key = arguments.GetRequiredValue(_key);
        var by = _options.Attribution(arguments, Context.Caller);
        var change = new PlaybookChange(Context, key, by);
        await change.DemandKnownAsync(cancellation);
        var outcome = await change.RunAsync(client => client.FreezeAsync(key, by, cancellation), cancellation);
        change.Report(
            outcome,
            _options.AsJson(arguments),
            $"{key} is frozen at version {outcome.Version}; `atlas playbook unfreeze {ShellWord.Of(key)}` lets it change again.",
            $"{key} was frozen already, at version {outcome.Version}.");
        return ExitCode.Ok;
    }
}
