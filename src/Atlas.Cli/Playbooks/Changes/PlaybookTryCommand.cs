using System.CommandLine;
using Atlas.Cli.Invocation;

namespace Atlas.Cli.Playbooks.Changes;

/// <summary><c>atlas playbook try KEY ENTRY</c></summary>
internal sealed class PlaybookTryCommand : AtlasCommand
{
    private readonly Argument<string> _key = PlaybookArgument.Key();
    private readonly Argument<string> _entry = PlaybookArgument.Entry();
    private readonly ChangeOptions _options = new();

    public PlaybookTryCommand(CommandContext context)
        : base(context, "try", "Put an entry on trial: a candidate at once, one that failed before from the beginning.")
    {
        Add(_key);
        Add(_entry);
        _options.AddTo(this, reasonRequired: false);
        Examples = ["atlas playbook try tau/airline playbook-entry-1f2e3d4c5b6a", "atlas playbook try tau/airline check-first --reason \"seen in three runs\" --by ann"];
    }

    protected override async Task<ExitCode> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var (key, entry) = (arguments.GetRequiredValue(_key), arguments.GetRequiredValue(_entry));
        var by = _options.Attribution(arguments, Context.Caller);
        var change = new PlaybookChange(Context, key, by);
        await change.DemandKnownAsync(cancellation);
        var outcome = await change.RunAsync(client => client.TryEntryAsync(key, entry, by, cancellation), cancellation);
        change.Report(
            outcome,
            _options.AsJson(arguments),
            $"{entry} is on trial; `atlas playbook show` tells what is found.",
            $"{entry} is on trial already.");
        return ExitCode.Ok;
    }
}
