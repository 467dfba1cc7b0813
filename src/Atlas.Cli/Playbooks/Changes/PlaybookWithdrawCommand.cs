using System.CommandLine;
using Atlas.Cli.Invocation;

namespace Atlas.Cli.Playbooks.Changes;

/// <summary><c>atlas playbook withdraw KEY ENTRY</c></summary>
internal sealed class PlaybookWithdrawCommand : AtlasCommand
{
    private readonly Argument<string> _key = PlaybookArgument.Key();
    private readonly Argument<string> _entry = PlaybookArgument.Entry();
    private readonly ChangeOptions _options = new();

    public PlaybookWithdrawCommand(CommandContext context)
        : base(context, "withdraw", "Keep an entry from every session from the next one on; its words do not come back.")
    {
        Add(_key);
        Add(_entry);
        _options.AddTo(this, reasonRequired: true);
        Examples = ["atlas playbook withdraw tau/airline check-first --reason \"against the policy of May\""];
    }

    protected override async Task<ExitCode> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var (key, entry) = (arguments.GetRequiredValue(_key), arguments.GetRequiredValue(_entry));
        var by = _options.Attribution(arguments, Context.Caller);
        var change = new PlaybookChange(Context, key, by);
        await change.DemandKnownAsync(cancellation);
        var outcome = await change.RunAsync(client => client.WithdrawEntryAsync(key, entry, by, cancellation), cancellation);
        change.Report(
            outcome,
            _options.AsJson(arguments),
            $"{entry} is withdrawn: no session is given it any more.",
            $"{entry} is withdrawn already.");
        return ExitCode.Ok;
    }
}
