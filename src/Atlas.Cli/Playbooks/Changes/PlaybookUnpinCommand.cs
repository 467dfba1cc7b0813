using System.CommandLine;
using Atlas.Cli.Invocation;

namespace Atlas.Cli.Playbooks.Changes;

/// <summary><c>atlas playbook unpin KEY</c></summary>
internal sealed class PlaybookUnpinCommand : AtlasCommand
{
    private readonly Argument<string> _key = PlaybookArgument.Key();
    private readonly ChangeOptions _options = new();

    public PlaybookUnpinCommand(CommandContext context)
        : base(context, "unpin", "Take the pin away: the newest version is current again, unless the playbook is staged.")
    {
        Add(_key);
        _options.AddTo(this, reasonRequired: false);
        Examples = ["atlas playbook unpin tau/airline"];
    }

    protected override async Task<ExitCode> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var key = arguments.GetRequiredValue(_key);
        var by = _options.Attribution(arguments, Context.Caller);
        var change = new PlaybookChange(Context, key, by);
        await change.DemandKnownAsync(cancellation);
        var outcome = await change.RunAsync(client => client.UnpinAsync(key, by, cancellation), cancellation);
        change.Report(
            outcome,
            _options.AsJson(arguments),
            $"{key} is not pinned any more; {ServedWords.Of(outcome)}",
            $"{key} was not pinned; {ServedWords.Of(outcome)}");
        return ExitCode.Ok;
    }
}
